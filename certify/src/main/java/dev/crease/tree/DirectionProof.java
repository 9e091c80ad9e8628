package dev.crease.tree;

import java.util.Arrays;

/**
 * A proof about directions: for any {@code mu} and {@code s}, of every collision
 *
 * <pre>
 * goal &gt;= goal + mu (f(x) - f(x')) / t - sum_h s_h (dz_h - side_h)
 * </pre>
 *
 * where {@code side_h} is the lower end of {@code dz_h} for {@code s_h > 0} and the upper one for
 * {@code s_h < 0} (with noise the outputs' difference costs {@code |mu| eps / t}); what is left on
 * {@code dy_h} goes to {@code dz_h} by the line of {@link Hulls} on its side, and what is left on
 * the inputs is bounded by theirs. Not {@code s_h} is kept but what it leaves of {@code dz_h},
 * which goes on to the layer before: so a proof made with some bounds proves no less with narrower
 * ones, whatever lines these have. (The dual of the linear program over the relaxation, whose
 * multipliers of the layers follow by back-substitution; any multipliers of the right sign prove
 * something: Neumaier and Shcherbina, Safe bounds in linear and mixed-integer linear programming,
 * 2004.)
 *
 * @param mu by output
 * @param pass by neuron in play, what is left of {@code dz}; no number leaves all that there is
 * @param reads the bounds that it needs
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record DirectionProof(double[] mu, double[] pass, Reads reads) {

  static DirectionProof empty(Ball ball) {
    return new DirectionProof(new double[ball.net().outputs()], all(ball.inPlay()), new Reads());
  }

  /** Of neurons of which everything is left. */
  static double[] all(int count) {
    double[] none = new double[count];
    Arrays.fill(none, Double.NaN);
    return none;
  }
}
