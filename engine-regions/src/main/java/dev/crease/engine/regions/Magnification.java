package dev.crease.engine.regions;

import java.util.List;
import java.util.OptionalDouble;

/**
 * By how much small noise in the outputs is magnified in states inside of a ball on which a square
 * map is one-to-one: the largest {@code ||A^-1||} of its regions. The image of a neighbourhood of a
 * state is one of its output, so that noise that is small enough stays within it, and the segment
 * to the noisy output is the image of a path through regions.
 */
final class Magnification {

  private Magnification() {}

  /**
   * An upper bound.
   *
   * @param leaves all that meet the inside of the ball, and perhaps more
   * @param certified the radius of the ball
   * @return nothing where the map is not square or rounding leaves no bound
   */
  static OptionalDouble of(Question question, List<Leaf> leaves, double certified) {
    if (!question.isSquare() || !(certified > 0) || leaves.isEmpty()) {
      return OptionalDouble.empty();
    }
    Stretch stretch = new Stretch(question.norm());
    // The first leaf is at the centre; one of another orientation is outside, if only just.
    int sign = leaves.get(0).sign();
    double least = Double.POSITIVE_INFINITY;
    for (Leaf leaf : leaves) {
      if (leaf.key() < certified && leaf.sign() == sign) {
        Averages.Blurred jacobian = Averages.Blurred.of(question, leaf);
        least = Math.min(least, stretch.least(jacobian.entries(), jacobian.errors()));
      }
    }
    double most = Math.nextUp(1 / least);
    return most > 0 && most < Double.POSITIVE_INFINITY
        ? OptionalDouble.of(most)
        : OptionalDouble.empty();
  }
}
