package dev.crease.plots;

import dev.crease.bounds.Interval;
import java.awt.Color;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.List;

/**
 * A rectangle of the picture with axes.
 *
 * @param box where, in pixels
 * @param x what is shown from left to right
 * @param y what is shown from below to above
 */
record Frame(Rectangle2D box, Interval x, Interval y) {

  private static final double TICK = 5;
  private static final Lettering NUMBERS = Lettering.of(12, Lettering.Anchor.MIDDLE);
  private static final Lettering NAMES = Lettering.of(14, Lettering.Anchor.MIDDLE);
  private static final Pen LINE = Pen.solid(new Color(0x333333), 1);

  double px(double value) {
    return box.getX() + box.getWidth() * ((value - x.lower()) / (x.upper() - x.lower()));
  }

  double py(double value) {
    return box.getMaxY() - box.getHeight() * ((value - y.lower()) / (y.upper() - y.lower()));
  }

  /** Adds a polygon, or a line through points, to a path. */
  void add(Path2D path, List<double[]> points, boolean closed) {
    for (int i = 0; i < points.size(); i++) {
      double[] point = points.get(i);
      if (i == 0) {
        path.moveTo(px(point[0]), py(point[1]));
      } else {
        path.lineTo(px(point[0]), py(point[1]));
      }
    }
    if (closed) {
      path.closePath();
    }
  }

  /** A polygon, or a line through points. */
  Path2D path(List<double[]> points, boolean closed) {
    Path2D path = new Path2D.Double();
    add(path, points, closed);
    return path;
  }

  boolean shows(double[] point) {
    return x.lower() <= point[0]
        && point[0] <= x.upper()
        && y.lower() <= point[1]
        && point[1] <= y.upper();
  }

  /** How much room the numbers and the name of the vertical axis need on the left. */
  static double margin(Interval y, double height) {
    double widest = yTicks(y, height).labels().stream().mapToDouble(NUMBERS::width).max().orElse(0);
    return widest + TICK + 4 + 24;
  }

  private static Ticks yTicks(Interval y, double height) {
    return Ticks.of(y, (int) (height / 55));
  }

  private Ticks xTicks() {
    for (int most = (int) (box.getWidth() / 55); most > 1; most--) {
      Ticks ticks = Ticks.of(x, most);
      double widest = ticks.labels().stream().mapToDouble(NUMBERS::width).max().orElse(0);
      if (ticks.values().size() * (widest + 12) <= box.getWidth()) {
        return ticks;
      }
    }
    return Ticks.of(x, 1);
  }

  /** Draws the border, the ticks and what they say. */
  void axes(Canvas canvas, String xName, String yName) {
    canvas.stroke(box, LINE);
    double left = box.getX();
    double bottom = box.getMaxY();
    Ticks across = xTicks();
    for (int i = 0; i < across.values().size(); i++) {
      double at = px(across.values().get(i));
      canvas.stroke(new Line2D.Double(at, bottom, at, bottom + TICK), LINE);
      canvas.text(across.labels().get(i), at, bottom + TICK + 13, NUMBERS);
    }
    Ticks up = yTicks(y, box.getHeight());
    Lettering numbers = Lettering.of(NUMBERS.size(), Lettering.Anchor.END);
    for (int i = 0; i < up.values().size(); i++) {
      double at = py(up.values().get(i));
      canvas.stroke(new Line2D.Double(left - TICK, at, left, at), LINE);
      canvas.text(up.labels().get(i), left - TICK - 4, at + 4, numbers);
    }
    canvas.text(xName, box.getCenterX(), bottom + TICK + 33, NAMES);
    canvas.text(yName, left - margin(y, box.getHeight()) + 14, box.getCenterY(), NAMES.turned());
  }
}
