package dev.crease.encoding;

import dev.crease.bounds.Norm;
import dev.crease.model.LinearExpression;
import dev.crease.model.Model;
import java.util.List;

/** A way to write {@code ||x - c||_q <= rho}, or something that it implies, as constraints. */
@FunctionalInterface
public interface BallEncoding {

  /**
   * Adds the ball.
   *
   * @param model where to add
   * @param name prefix of names
   * @param norm the norm {@code q}
   * @param offsets the expressions {@code x_i - c_i}
   * @param rho the radius: a constant, or an expression that is not negative
   */
  void add(
      Model.Builder model,
      String name,
      Norm norm,
      List<LinearExpression> offsets,
      LinearExpression rho);

  /** The ball itself ({@link NormBall}): quadratic in the norm 2. */
  static BallEncoding exact() {
    return NormBall::add;
  }

  /** A {@link PolyhedralBall} around the ball of the norm 2, and the ball itself otherwise. */
  static BallEncoding polyhedral() {
    return (model, name, norm, offsets, rho) -> {
      if (norm == Norm.L2) {
        PolyhedralBall.outer().add(model, name, offsets, rho);
      } else {
        NormBall.add(model, name, norm, offsets, rho);
      }
    };
  }
}
