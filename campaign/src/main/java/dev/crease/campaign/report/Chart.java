package dev.crease.campaign.report;

import java.util.ArrayList;
import java.util.List;

/**
 * A chart as a figure: its title, an SVG that scales with the page, and the legend as a list, whose
 * letters keep their size where the SVG shrinks.
 */
final class Chart {

  private static final double WIDTH = 480;
  private static final double HEIGHT = 320;
  private static final double LEFT = 74;
  private static final double RIGHT = 26;
  private static final double TOP = 14;
  private static final double BOTTOM = 56;
  private static final double TICK_GAP = 8;
  private static final double LABEL_BASE = 10;
  private static final double MARK = 4;
  private static final double MARK_IN_CROWD = 2.5;

  private record Entry(Look look, boolean line, String text) {}

  private final String id;
  private final String title;
  private final String description;
  private final Axis x;
  private final Axis y;
  private final Html marks = new Html();
  private final List<Entry> legend = new ArrayList<>();

  /**
   * A chart without series.
   *
   * @param id unique within the page
   * @param description what is to be seen, for those who cannot see it
   */
  Chart(String id, String title, String description, Axis x, Axis y) {
    this.id = id;
    this.title = title;
    this.description = description;
    this.x = x;
    this.y = y;
  }

  /** A line through points, and markers on some of them. */
  void line(Look look, List<double[]> points, List<double[]> markers) {
    if (points.isEmpty()) {
      return;
    }
    StringBuilder path = new StringBuilder();
    for (double[] point : points) {
      path.append(path.isEmpty() ? "M" : "L")
          .append(Numbers.pixel(px(point[0])))
          .append(' ')
          .append(Numbers.pixel(py(point[1])));
    }
    marks.open("g", "class", look.colorClass());
    stroke(marks, look, path.toString());
    markers.forEach(point -> look.mark(marks, px(point[0]), py(point[1]), MARK));
    marks.closeLine();
  }

  /**
   * A point of a cloud.
   *
   * @param aside in pixels, lest clouds with the same places hide each other
   * @param filled or hollow, where the value is only a bound
   * @param crowd whether there are so many that they must be small and let others shine through
   */
  void point(
      Look look, double atX, double aside, double atY, boolean filled, boolean crowd, String hint) {
    marks.open("g", "class", look.colorClass() + (crowd ? " crowd" : ""));
    look.mark(marks, px(atX) + aside, py(atY), crowd ? MARK_IN_CROWD : MARK, filled, hint);
    marks.closeLine();
  }

  /** A level with a name, across the chart. */
  void level(double atY, String name) {
    String height = Numbers.pixel(py(atY));
    marks
        .empty(
            "path",
            "class",
            "level",
            "d",
            "M" + Numbers.pixel(LEFT) + " " + height + "H" + Numbers.pixel(WIDTH - RIGHT))
        .element(
            "text",
            name,
            "class",
            "note",
            "x",
            Numbers.pixel(LEFT + TICK_GAP),
            "y",
            Numbers.pixel(py(atY) - 5));
  }

  void legend(Look look, boolean line, String text) {
    legend.add(new Entry(look, line, text));
  }

  void write(Html html) {
    html.open("figure").element("figcaption", title);
    html.open(
        "svg",
        "viewBox",
        "0 0 " + Numbers.pixel(WIDTH) + " " + Numbers.pixel(HEIGHT),
        "role",
        "img",
        "aria-labelledby",
        id + "-title " + id + "-desc");
    html.element("title", title, "id", id + "-title");
    html.element("desc", description, "id", id + "-desc");
    axes(html);
    html.trusted(marks.toString());
    html.closeLine();
    html.open("ul", "class", "legend");
    for (Entry entry : legend) {
      html.open("li");
      swatch(html, entry.look, entry.line);
      html.text(entry.text).closeLine();
    }
    html.closeLine().closeLine();
  }

  /** A small drawing of a look, for legends and tables. */
  static void swatch(Html html, Look look, boolean line) {
    html.open(
        "svg",
        "class",
        "swatch " + look.colorClass(),
        "viewBox",
        "0 0 36 14",
        "aria-hidden",
        "true");
    if (line) {
      stroke(html, look, "M1 7H35");
    }
    look.mark(html, 18, 7, MARK);
    html.close();
  }

  private static void stroke(Html html, Look look, String path) {
    if (look.dashes().isEmpty()) {
      html.empty("path", "class", "line", "d", path);
    } else {
      html.empty("path", "class", "line", "stroke-dasharray", look.dashes(), "d", path);
    }
  }

  private void axes(Html html) {
    double right = WIDTH - RIGHT;
    double bottom = HEIGHT - BOTTOM;
    StringBuilder grid = new StringBuilder();
    StringBuilder fine = new StringBuilder();
    for (Axis.Tick tick : x.ticks()) {
      (tick.text().isEmpty() ? fine : grid)
          .append("M" + Numbers.pixel(px(tick.value())) + " " + Numbers.pixel(TOP))
          .append("V" + Numbers.pixel(bottom));
    }
    for (Axis.Tick tick : y.ticks()) {
      (tick.text().isEmpty() ? fine : grid)
          .append("M" + Numbers.pixel(LEFT) + " " + Numbers.pixel(py(tick.value())))
          .append("H" + Numbers.pixel(right));
    }
    html.empty("path", "class", "grid fine", "d", fine.toString());
    html.empty("path", "class", "grid", "d", grid.toString());
    html.empty(
        "path",
        "class",
        "axis",
        "d",
        "M"
            + Numbers.pixel(LEFT)
            + " "
            + Numbers.pixel(TOP)
            + "V"
            + Numbers.pixel(bottom)
            + "H"
            + Numbers.pixel(right));
    for (Axis.Tick tick : x.ticks()) {
      label(html, tick.text(), px(tick.value()), bottom + 20, "middle");
    }
    for (Axis.Tick tick : y.ticks()) {
      label(html, tick.text(), LEFT - TICK_GAP, py(tick.value()) + 4.5, "end");
    }
    html.element(
        "text",
        x.label(),
        "class",
        "name",
        "text-anchor",
        "middle",
        "x",
        Numbers.pixel((LEFT + right) / 2),
        "y",
        Numbers.pixel(HEIGHT - LABEL_BASE));
    html.element(
        "text",
        y.label(),
        "class",
        "name",
        "text-anchor",
        "middle",
        "transform",
        "translate(18 " + Numbers.pixel((TOP + bottom) / 2) + ") rotate(-90)");
  }

  private static void label(Html html, String text, double atX, double atY, String anchor) {
    if (!text.isEmpty()) {
      html.element(
          "text", text, "text-anchor", anchor, "x", Numbers.pixel(atX), "y", Numbers.pixel(atY));
    }
  }

  private double px(double value) {
    return LEFT + x.at(value) * (WIDTH - LEFT - RIGHT);
  }

  private double py(double value) {
    return HEIGHT - BOTTOM - y.at(value) * (HEIGHT - TOP - BOTTOM);
  }
}
