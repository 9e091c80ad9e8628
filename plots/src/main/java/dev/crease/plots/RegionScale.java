package dev.crease.plots;

import dev.crease.regions.Region;
import java.awt.Color;
import java.awt.geom.Rectangle2D;

/** Colours for the linear regions of a map of the plane. */
interface RegionScale {

  /** Of regions that are flattened. */
  Color SINGULAR = new Color(0x9b9b9b);

  /** The shade of a region; 0 when singular. */
  int shade(Region region);

  /** The colour of a shade. */
  Color color(int shade);

  /** What is coloured, in a few letters. */
  String name();

  /** What that is, to be added to a line, where it needs to be said. */
  String explanation();

  /** What singular regions are called. */
  String singular();

  /** Draws the scale on the right of something. */
  void bar(Canvas canvas, Rectangle2D beside);
}
