package dev.crease.plots;

/**
 * How text is set.
 *
 * @param size of the font in pixels
 * @param anchor which end of the text is at the point given for it
 * @param bold whether in bold
 * @param upright false for text that runs from below to above
 * @param halo whether to keep what is below away with a white rim
 */
record Lettering(double size, Anchor anchor, boolean bold, boolean upright, boolean halo) {

  /** Where the point of a text is. */
  enum Anchor {
    START,
    MIDDLE,
    END
  }

  // Wide letters included: an estimate from above, since viewers choose the font.
  private static final double WIDTH = 0.6;

  static Lettering of(double size, Anchor anchor) {
    return new Lettering(size, anchor, false, true, false);
  }

  Lettering asBold() {
    return new Lettering(size, anchor, true, upright, halo);
  }

  Lettering turned() {
    return new Lettering(size, anchor, bold, false, halo);
  }

  Lettering withHalo() {
    return new Lettering(size, anchor, bold, upright, true);
  }

  /** About how long a text is, in pixels. */
  double width(String text) {
    return WIDTH * size * text.codePointCount(0, text.length());
  }
}
