package dev.crease.plots;

import dev.crease.regions.Preimage;
import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The signs for points. */
final class Marks {

  private static final Color RIM = Color.WHITE;

  private Marks() {}

  /** The centre: a black dot with a white rim. */
  static void center(Canvas canvas, double x, double y) {
    canvas.fill(disc(x, y, 5.5), RIM);
    canvas.fill(disc(x, y, 4), Color.BLACK);
  }

  /** A point of a collision. */
  static void witness(Canvas canvas, double x, double y) {
    canvas.fill(disc(x, y, 5.5), RIM);
    canvas.fill(disc(x, y, 4.2), Style.WITNESS);
  }

  /** What stands for a ball that would lie below the sign of the centre. */
  static Shape ring(double x, double y, double radius) {
    return disc(x, y, radius);
  }

  /** A preimage: a hollow diamond, which leaves room for the other signs. */
  static void preimage(Canvas canvas, double x, double y) {
    Shape diamond = diamond(x, y, 8.5);
    canvas.stroke(diamond, Pen.solid(RIM, 3.6));
    canvas.stroke(diamond, Pen.solid(Color.BLACK, 1.6));
  }

  /** Preimages of more than a point. */
  static void sets(Canvas canvas, Frame frame, List<Preimage> preimages) {
    Path2D path = new Path2D.Double();
    preimages.forEach(preimage -> frame.add(path, around(preimage), true));
    canvas.stroke(path, Pen.solid(RIM, 4.6));
    canvas.fill(path, new Color(0, 0, 0, 60));
    canvas.stroke(path, Style.SET);
  }

  private static List<double[]> around(Preimage preimage) {
    List<double[]> corners = new ArrayList<>();
    double x = 0;
    double y = 0;
    for (var corner : preimage.corners()) {
      double[] point = {corner.get(0).doubleValue(), corner.get(1).doubleValue()};
      corners.add(point);
      x += point[0] / preimage.corners().size();
      y += point[1] / preimage.corners().size();
    }
    double midX = x;
    double midY = y;
    corners.sort(Comparator.comparingDouble(p -> Math.atan2(p[1] - midY, p[0] - midX)));
    return corners;
  }

  private static Shape disc(double x, double y, double radius) {
    return new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius);
  }

  private static Shape diamond(double x, double y, double reach) {
    Path2D path = new Path2D.Double();
    path.moveTo(x + reach, y);
    path.lineTo(x, y + reach);
    path.lineTo(x - reach, y);
    path.lineTo(x, y - reach);
    path.closePath();
    return path;
  }
}
