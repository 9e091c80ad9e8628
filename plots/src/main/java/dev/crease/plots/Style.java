package dev.crease.plots;

import java.awt.Color;
import java.util.Optional;

/** Colours and pens that the panels and the legend share. */
final class Style {

  static final Color WITNESS = new Color(0xa0006e);
  static final Color OUTSIDE = new Color(70, 70, 80, 120);
  static final Pen FOLD = Pen.solid(Color.BLACK, 2);
  static final Pen CERTIFIED = Pen.solid(new Color(0x00695c), 2.4);
  static final Pen CLAIMED = Pen.solid(new Color(0x00695c), 3.2).asDashed();
  static final Pen REFUTED = Pen.solid(WITNESS, 1.6).asDashed();
  static final Pen PAIR = Pen.solid(WITNESS, 1.6);
  static final Pen SET = Pen.solid(Color.BLACK, 2.6);
  // Below the lines, so that they stand out on every colour.
  static final Pen HALO = Pen.solid(new Color(255, 255, 255, 200), 4.4);

  private static final double THICKEST_BORDER = 0.7;
  private static final double THINNEST_BORDER = 0.25;
  private static final int MANY = 4_000;

  private Style() {}

  /** The pen for the borders of so many regions; they would cover all if there were thousands. */
  static Optional<Pen> border(int regions) {
    if (regions > MANY) {
      return Optional.empty();
    }
    double width = Math.min(THICKEST_BORDER, Math.max(THINNEST_BORDER, 9 / Math.sqrt(regions)));
    return Optional.of(Pen.solid(new Color(40, 40, 60, 90), width));
  }
}
