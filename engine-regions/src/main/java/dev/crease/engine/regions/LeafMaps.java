package dev.crease.engine.regions;

import java.math.BigInteger;
import java.util.List;

/** What single leaves' maps do, in rational arithmetic where doubles do not tell. */
final class LeafMaps {

  /** A map that is worse conditioned is inverted exactly. */
  private static final double ILL = 1e-9;

  /** Room for the rounding of a few operations. */
  private static final double SLACK = 1 + 1e-12;

  private final Question question;
  private final Stretch stretch;

  LeafMaps(Question question, Stretch stretch) {
    this.question = question;
    this.stretch = stretch;
  }

  /**
   * How little a leaf's map stretches, at the least.
   *
   * @param most how much it stretches at the most
   */
  double least(Leaf leaf, Averages.Blurred map, double most) {
    double least = stretch.least(map.entries(), map.errors());
    if (least > ILL * most || map.entries().length != question.ball().length) {
      return least;
    }
    return Math.max(least, inverted(leaf));
  }

  /** The same by an inverse in rational arithmetic; 0 for a singular map. */
  private double inverted(Leaf leaf) {
    int m = question.ball().length;
    ExactRow[] rows = leaf.exactRows(0);
    int scale = 0;
    for (int i = 0; i < m; i++) {
      scale = Math.max(scale, rows[i].scale());
    }
    BigInteger[][] system = new BigInteger[m][2 * m];
    for (int i = 0; i < m; i++) {
      BigInteger[] row = rows[i].at(scale);
      for (int k = 0; k < m; k++) {
        system[i][k] = row[question.ball()[k]];
        system[i][m + k] = i == k ? BigInteger.ONE.shiftLeft(scale) : BigInteger.ZERO;
      }
    }
    BigInteger pivot = Elimination.reduce(system, m)[m - 1];
    if (pivot.signum() == 0) {
      return 0;
    }
    double[][] inverse = new double[m][m];
    double[][] errors = new double[m][m];
    for (int i = 0; i < m; i++) {
      for (int k = 0; k < m; k++) {
        BigInteger entry = pivot.signum() > 0 ? system[i][m + k] : system[i][m + k].negate();
        inverse[i][k] = Rationals.ratio(entry, pivot.abs());
        errors[i][k] = Rationals.ratioError(inverse[i][k]);
      }
    }
    double least = 1 / stretch.most(inverse, errors) / SLACK;
    return Double.isNaN(least) ? 0 : least;
  }

  /** Whether the network is constant on all of them, exactly. */
  boolean areConstant(List<Leaf> leaves) {
    for (Leaf leaf : leaves) {
      ExactRow[] rows = leaf.exactRows(0);
      for (int i = 0; i < question.query().f().outputs(); i++) {
        for (int k : question.ball()) {
          if (rows[i].coefficients()[k].signum() != 0) {
            return false;
          }
        }
      }
    }
    return true;
  }
}
