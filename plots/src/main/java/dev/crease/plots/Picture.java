package dev.crease.plots;

import java.awt.image.BufferedImage;

/** What can be written to a file. The same values give the same bytes, but for fonts of a PNG. */
public sealed interface Picture permits RadiusPicture, SweepPicture, MapPicture {

  /** The picture as an SVG document. */
  String svg();

  /**
   * The picture as an image; needs no display.
   *
   * @param scale pixels for each unit of length of the SVG
   */
  BufferedImage image(double scale);
}
