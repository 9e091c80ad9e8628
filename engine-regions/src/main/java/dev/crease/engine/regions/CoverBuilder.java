package dev.crease.engine.regions;

import dev.crease.Cancellation;
import dev.crease.bounds.Norm;
import dev.crease.certify.Cover;
import dev.crease.witness.ExactCollision;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hipparchus.fraction.BigFraction;

/**
 * Builds the mesh from which a certified radius can be checked: the linear regions of a polytope
 * around the ball, cut into simplices. For the norms 1 and infinity the polytope is the ball. For
 * the norm 2 it is bounded by tangents, more of them where a tangent keeps out a collision that
 * lies in the corners between the others.
 */
final class CoverBuilder {

  private static final int MOST_INPUTS = 2;
  private static final int TANGENTS = 16;
  private static final int ROUNDS = 16;
  private static final int DIRECTION_BITS = 62;
  private static final int MOST_REGIONS = 200_000;

  private final Question question;
  private final Cancellation cancellation;
  private final int m;

  CoverBuilder(Question question, Cancellation cancellation) {
    this.question = question;
    this.cancellation = cancellation;
    this.m = question.inputs();
  }

  /** Why there is no cover for a question; empty when there is one. */
  static Optional<String> refusal(Question question) {
    if (!question.isPlain()) {
      return Optional.of("it is not made for shared inputs");
    }
    if (question.query().domain().isPresent()) {
      return Optional.of("it is not made for domains around a centre");
    }
    if (question.inputs() > MOST_INPUTS) {
      return Optional.of("it is made for up to " + MOST_INPUTS + " inputs");
    }
    return Optional.empty();
  }

  /**
   * A cover of the ball of a radius on which there is no collision.
   *
   * @param near the nearest collision beyond it, if one is known
   * @return empty when it takes too many regions or the work is cancelled
   */
  Optional<Cover> cover(double radius, Optional<ExactCollision> near) {
    List<Hyperplane> tangents = new ArrayList<>();
    if (m == 2) {
      tangents.addAll(tangents(radius));
      if (question.norm() == Norm.L2) {
        near.ifPresent(c -> tangents.addAll(tangents(radius, c)));
      }
    }
    for (int round = 0; round < ROUNDS; round++) {
      Cell ball = question.window(radius);
      for (Hyperplane tangent : tangents) {
        ball = ball.within(tangent);
      }
      Optional<List<Leaf>> leaves = leaves(ball);
      if (leaves.isEmpty()) {
        return Optional.empty();
      }
      List<Hyperplane> more =
          m == 2 && question.norm() == Norm.L2 ? keepingOut(leaves.get(), radius) : List.of();
      if (more.isEmpty()) {
        return Optional.of(mesh(leaves.get(), radius));
      }
      tangents.addAll(more);
    }
    return Optional.empty();
  }

  private Optional<List<Leaf>> leaves(Cell ball) {
    List<Leaf> leaves = new ArrayList<>();
    Subdivision subdivision =
        new Subdivision(
            new Stages(question.networks(), question.origin()), question.origin(), cell -> 0);
    boolean all =
        subdivision.forEach(
            ball,
            leaf -> {
              leaves.add(leaf);
              return leaves.size() < MOST_REGIONS && !cancellation.isCancelled();
            });
    return all ? Optional.of(leaves) : Optional.empty();
  }

  // ---- the polytope

  private List<Hyperplane> tangents(double radius) {
    List<Hyperplane> tangents = new ArrayList<>();
    if (question.norm() == Norm.L1) {
      for (int signs = 0; signs < 4; signs++) {
        long[] u = {(signs & 1) == 0 ? 1 : -1, (signs & 2) == 0 ? 1 : -1};
        tangents.add(plane(u, Rationals.fraction(radius)));
      }
    } else if (question.norm() == Norm.L2) {
      for (int k = 0; k < TANGENTS; k++) {
        double angle = 2 * Math.PI * k / TANGENTS;
        tangents.add(tangent(radius, Math.cos(angle), Math.sin(angle)));
      }
    }
    return tangents;
  }

  /** The tangents at the points of a collision. */
  private List<Hyperplane> tangents(double radius, ExactCollision collision) {
    List<Hyperplane> tangents = new ArrayList<>();
    for (List<BigFraction> point : List.of(collision.p(), collision.pPrime())) {
      double[] d = new double[m];
      for (int k = 0; k < m; k++) {
        d[k] = Rationals.nearest(point.get(k).subtract(Rationals.fraction(question.origin()[k])));
      }
      double length = Norm.L2.of(d);
      if (length > 0 && length >= radius * (1 - 1e-9)) {
        tangents.add(tangent(radius, d[0], d[1]));
      }
    }
    return tangents;
  }

  private static Hyperplane tangent(double radius, double u0, double u1) {
    double length = Math.hypot(u0, u1);
    long[] u = {
      (long) Math.scalb(u0 / length, DIRECTION_BITS), (long) Math.scalb(u1 / length, DIRECTION_BITS)
    };
    BigInteger square = BigInteger.valueOf(u[0]).pow(2).add(BigInteger.valueOf(u[1]).pow(2));
    // |u| rounded up to 100 bits behind the point.
    BigInteger root = square.shiftLeft(200).sqrt().add(BigInteger.ONE);
    return plane(u, Rationals.fraction(radius).multiply(Rationals.fraction(root, 100)));
  }

  /** {@code u x = far}, positive outside. */
  private static Hyperplane plane(long[] u, BigFraction far) {
    BigInteger[] exact = {
      BigInteger.valueOf(u[0]).multiply(far.getDenominator()),
      BigInteger.valueOf(u[1]).multiply(far.getDenominator()),
      far.getNumerator().negate()
    };
    double scale = Math.max(Math.abs((double) u[0]), Math.abs((double) u[1]));
    double[] coefficients = {u[0] / scale, u[1] / scale, -Rationals.nearest(far) / scale};
    double[] errors = new double[3];
    for (int k = 0; k < 3; k++) {
      errors[k] = 8 * Math.ulp(coefficients[k]);
    }
    return new Hyperplane(coefficients, errors, Hyperplane.WINDOW, () -> new ExactRow(exact, 0));
  }

  // ---- what the corners hold

  /** Tangents at the collisions that the polytope holds beyond the ball. */
  private List<Hyperplane> keepingOut(List<Leaf> leaves, double radius) {
    List<Hyperplane> tangents = new ArrayList<>();
    RegionPairs pairs = new RegionPairs(question, leaves);
    pairs.forEach(
        (first, second) ->
            new PairProblem(question, first, second)
                .solve()
                .ifPresent(found -> tangents.addAll(tangents(radius, found.collision()))));
    return tangents;
  }

  // ---- the mesh

  private record Key(List<BigInteger> homogeneous) {}

  private Cover mesh(List<Leaf> leaves, double radius) {
    Map<Key, Integer> numbers = new HashMap<>();
    List<List<BigFraction>> vertices = new ArrayList<>();
    List<List<Integer>> simplices = new ArrayList<>();
    for (Leaf leaf : leaves) {
      Cell cell = leaf.cell();
      int[] order = m == 2 ? cell.around() : new int[] {0, 1};
      List<Integer> corners = new ArrayList<>();
      for (int v : order) {
        BigInteger[] point = primitive(cell.vertices()[v].exact());
        corners.add(
            numbers.computeIfAbsent(
                new Key(List.of(point)),
                key -> {
                  vertices.add(absolute(point));
                  return vertices.size() - 1;
                }));
      }
      boolean turned = isTurned(cell, order);
      for (int i = 1; i + m - 1 < corners.size(); i++) {
        if (m == 1) {
          simplices.add(
              turned
                  ? List.of(corners.get(1), corners.get(0))
                  : List.of(corners.get(0), corners.get(1)));
        } else {
          int a = corners.get(i);
          int b = corners.get(i + 1);
          simplices.add(turned ? List.of(corners.get(0), b, a) : List.of(corners.get(0), a, b));
        }
      }
    }
    return new Cover(Rationals.fraction(radius), vertices, simplices);
  }

  private static BigInteger[] primitive(BigInteger[] point) {
    BigInteger divisor = BigInteger.ZERO;
    for (BigInteger entry : point) {
      divisor = divisor.gcd(entry);
    }
    BigInteger[] result = new BigInteger[point.length];
    for (int k = 0; k < result.length; k++) {
      result[k] = point[k].divide(divisor);
    }
    return result;
  }

  private List<BigFraction> absolute(BigInteger[] point) {
    BigFraction[] x = new BigFraction[m];
    for (int k = 0; k < m; k++) {
      x[k] = new BigFraction(point[k], point[m]).add(Rationals.fraction(question.origin()[k]));
    }
    return Arrays.asList(x);
  }

  /** Whether the first corners are in negative order. */
  private boolean isTurned(Cell cell, int[] order) {
    BigInteger[][] matrix = new BigInteger[m + 1][];
    for (int i = 0; i <= m; i++) {
      matrix[i] = cell.vertices()[order[i]].exact().clone();
    }
    // Homogeneous rows (x, 1): their determinant has the sign of the orientation times (-1)^m.
    int sign = Elimination.determinant(matrix).signum();
    return m == 1 ? sign > 0 : sign < 0;
  }
}
