package dev.crease.plots;

import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.Rectangle2D;

/** What can be drawn on; the origin is at the upper left, lengths are in pixels. */
interface Canvas {

  /** Draws what belongs together. */
  void group(String name, Runnable content);

  /** Draws what is to be seen within a rectangle only. */
  void clip(Rectangle2D box, Runnable content);

  /** Fills by the nonzero rule. */
  void fill(Shape shape, Color color);

  /** Fills, and draws the outline in the same colour, which hides the seams between neighbours. */
  void fillWithRim(Shape shape, Color color, double width);

  /** Draws the outline. */
  void stroke(Shape shape, Pen pen);

  /** Draws one line of text in black; {@code y} is that of its base line. */
  void text(String text, double x, double y, Lettering lettering);
}
