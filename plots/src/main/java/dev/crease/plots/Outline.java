package dev.crease.plots;

import dev.crease.bounds.Norm;
import dev.crease.question.Query;
import java.util.ArrayList;
import java.util.List;

/** The border of a ball in the plane. */
final class Outline {

  private static final int CIRCLE = 360;

  private Outline() {}

  /** The corners of a question's ball; for norm 2 as many points as make it look round. */
  static List<double[]> of(Query query, double radius) {
    return of(query.norm(), query.center(), radius).stream().map(query.units()::point).toList();
  }

  private static List<double[]> of(Norm norm, double[] center, double radius) {
    List<double[]> points = new ArrayList<>();
    int count = norm == Norm.L2 ? CIRCLE : 4;
    double turned = norm == Norm.LINF ? Math.PI / 4 : 0;
    double reach = norm == Norm.LINF ? radius * Math.sqrt(2) : radius;
    for (int i = 0; i < count; i++) {
      double angle = turned + 2 * Math.PI * i / count;
      points.add(
          new double[] {center[0] + reach * Math.cos(angle), center[1] + reach * Math.sin(angle)});
    }
    return points;
  }

  /** The same polygon with more points on each side, which it keeps together about. */
  static List<double[]> finer(List<double[]> polygon, int total) {
    List<double[]> points = new ArrayList<>();
    int pieces = Math.max(1, total / polygon.size());
    for (int i = 0; i < polygon.size(); i++) {
      double[] from = polygon.get(i);
      double[] to = polygon.get((i + 1) % polygon.size());
      for (int k = 0; k < pieces; k++) {
        double t = (double) k / pieces;
        points.add(new double[] {from[0] + t * (to[0] - from[0]), from[1] + t * (to[1] - from[1])});
      }
    }
    return points;
  }

  /** The same polygon without points that are as good as on the line between their neighbours. */
  static List<double[]> coarser(List<double[]> polygon, double tolerance) {
    List<double[]> kept = new ArrayList<>();
    double[] anchor = polygon.get(0);
    kept.add(anchor);
    int last = 0;
    for (int i = 2; i < polygon.size(); i++) {
      boolean straight = true;
      for (int k = last + 1; k < i && straight; k++) {
        straight = distance(polygon.get(k), anchor, polygon.get(i)) <= tolerance;
      }
      if (!straight) {
        last = i - 1;
        anchor = polygon.get(last);
        kept.add(anchor);
      }
    }
    kept.add(polygon.get(polygon.size() - 1));
    return kept;
  }

  private static double distance(double[] point, double[] from, double[] to) {
    double dx = to[0] - from[0];
    double dy = to[1] - from[1];
    double squared = dx * dx + dy * dy;
    double along =
        squared == 0 ? 0 : ((point[0] - from[0]) * dx + (point[1] - from[1]) * dy) / squared;
    double t = Math.max(0, Math.min(1, along));
    return Math.hypot(point[0] - from[0] - t * dx, point[1] - from[1] - t * dy);
  }
}
