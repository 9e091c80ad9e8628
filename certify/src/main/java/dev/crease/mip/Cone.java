package dev.crease.mip;

import dev.crease.Rounding;
import dev.crease.bounds.InputSet;
import dev.crease.bounds.Interval;
import dev.crease.bounds.Norm;
import dev.crease.question.Query;
import dev.crease.tightening.HalfSpace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One of the {@code 2m} cones that the faces of the L-infinity ball make with the centre: the
 * points whose offset from the centre is largest in one input, with one sign. Together they are the
 * space.
 */
record Cone(Query query, int input, int sign) {

  /** All cones of a question. */
  static List<Cone> all(Query query) {
    List<Cone> cones = new ArrayList<>();
    for (int i = 0; i < query.f().inputs(); i++) {
      if (!query.shared().containsKey(i)) {
        cones.add(new Cone(query, i, 1));
        cones.add(new Cone(query, i, -1));
      }
    }
    return cones;
  }

  /**
   * The smallest box around the cone's points between two distances from the centre.
   *
   * @param least distance in the question's norm
   * @param most distance in the question's norm
   */
  InputSet set(double least, double most) {
    Map<Integer, Interval> sides = new TreeMap<>(query.shared());
    double[] center = query.center();
    InputSet within = query.inputs(most);
    int next = 0;
    for (int i = 0; i < query.f().inputs(); i++) {
      if (query.shared().containsKey(i)) {
        continue;
      }
      double c = center[next++];
      // In the other norms a point at that distance has a smaller largest offset.
      double near = query.norm() == Norm.LINF && i == input ? least * (1 - 0x1p-40) : 0;
      double up = i == input && sign < 0 ? -near : most;
      double down = i == input && sign > 0 ? near : -most;
      double from = Math.max(Math.nextDown(c + down), within.lower(i));
      double to = Math.min(Math.nextUp(c + up), within.upper(i));
      // What lies further out than the domain is empty; a box is not.
      sides.put(i, new Interval(Math.min(from, to), Math.max(from, to)));
    }
    return InputSet.of(query.norm(), new double[0], 0, sides);
  }

  /** {@code +-(x_j - c_j) <= sign (x_i - c_i)} for every other input. */
  List<HalfSpace> halfSpaces() {
    List<HalfSpace> result = new ArrayList<>();
    int n = query.f().inputs();
    double[] full = new double[n];
    double[] center = query.center();
    int next = 0;
    for (int i = 0; i < n; i++) {
      full[i] = query.shared().containsKey(i) ? 0 : center[next++];
    }
    for (int j = 0; j < n; j++) {
      if (j == input || query.shared().containsKey(j)) {
        continue;
      }
      for (int s = -1; s <= 1; s += 2) {
        double[] normal = new double[n];
        normal[j] = s;
        normal[input] = -sign;
        double bound = s * full[j] - sign * full[input];
        double slack = Rounding.gamma(0) * (Math.abs(full[j]) + Math.abs(full[input]));
        result.add(new HalfSpace(normal, Math.nextUp(bound + slack)));
      }
    }
    return result;
  }

  @Override
  public String toString() {
    return (sign > 0 ? "+" : "-") + "x" + input;
  }
}
