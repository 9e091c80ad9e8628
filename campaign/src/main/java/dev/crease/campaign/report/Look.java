package dev.crease.campaign.report;

/**
 * How a series looks: a colour, a marker and dashes, so that no one of them is needed to tell it
 * from the others; hollow markers where there are more settings than dashes. Colours are classes of
 * the style sheet, which has a set for light and for dark.
 */
record Look(int color, int marker, int dash, boolean hollow) {

  private static final int COLORS = 8;
  private static final String[] DASHES = {"", "8 3", "2 3", "10 3 2 3", "14 4", "5 2 1 2 1 2"};
  // Within a circle of radius 1, about equal in area.
  private static final String[] MARKERS = {
    "M-.9 0A.9 .9 0 1 1 .9 0A.9 .9 0 1 1-.9 0Z",
    "M-.8-.8H.8V.8H-.8Z",
    "M0-1.1L1.05.8H-1.05Z",
    "M0-1.2L1.2 0L0 1.2L-1.2 0Z",
    "M0 1.1L1.05-.8H-1.05Z",
    "M-.35-1.1H.35V-.35H1.1V.35H.35V1.1H-.35V.35H-1.1V-.35H-.35Z",
    "M-1.1 0L-.6-1H.6L1.1 0L.6 1H-.6Z",
    "M-1.1-.75L0 .1L1.1-.75V.75H-1.1Z"
  };

  /** The look of a backend with some settings, by the places of both. */
  static Look of(int backend, int settings) {
    return new Look(
        backend % COLORS,
        (backend + backend / COLORS) % MARKERS.length,
        settings % DASHES.length,
        settings / DASHES.length % 2 == 1);
  }

  String colorClass() {
    return "c" + color;
  }

  String dashes() {
    return DASHES[dash];
  }

  /** The marker around a point. */
  void mark(Html html, double x, double y, double size) {
    html.empty(
        "path",
        "class",
        hollow ? "ring" : "dot",
        "transform",
        place(x, y, size),
        "d",
        MARKERS[marker]);
  }

  /** The marker of one value, filled or not whatever the settings, with a hint for the mouse. */
  void mark(Html html, double x, double y, double size, boolean filled, String hint) {
    html.open(
            "path",
            "class",
            filled ? "dot" : "ring",
            "transform",
            place(x, y, size),
            "d",
            MARKERS[marker])
        .element("title", hint)
        .close();
  }

  private static String place(double x, double y, double size) {
    return "translate("
        + Numbers.pixel(x)
        + " "
        + Numbers.pixel(y)
        + ") scale("
        + Numbers.pixel(size)
        + ")";
  }
}
