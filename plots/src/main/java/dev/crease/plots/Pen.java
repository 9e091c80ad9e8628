package dev.crease.plots;

import java.awt.Color;

/**
 * How a line is drawn.
 *
 * @param color with its opacity
 * @param width in pixels
 * @param dashed whether with gaps
 */
record Pen(Color color, double width, boolean dashed) {

  /** Lengths of the dashes and of the gaps, in pixels. */
  static final float[] DASHES = {7, 5};

  static Pen solid(Color color, double width) {
    return new Pen(color, width, false);
  }

  Pen asDashed() {
    return new Pen(color, width, true);
  }
}
