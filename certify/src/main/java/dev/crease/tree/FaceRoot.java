package dev.crease.tree;

import dev.crease.tree.net.Net;
import dev.crease.tree.net.Total;

/**
 * What back-substitution alone tells of the differences on a face: each is bounded by a {@link
 * DirectionProof} without any multiplier, or by intervals, whichever is better, layer by layer.
 *
 * @param state of the face
 * @param directions evaluates proofs on the face
 */
record FaceRoot(State state, Directions directions) {

  static FaceRoot of(Ball ball, Face face) {
    Net net = ball.net();
    State state = State.of(ball, face);
    double[][] lower = new double[net.depth()][];
    double[][] upper = new double[net.depth()][];
    double[][] reach = new double[net.depth()][];
    Directions directions = new Directions(ball, reach);
    DirectionProof empty = DirectionProof.empty(ball);
    Hulls hulls = new Hulls(ball.inPlay());
    for (int k = 0; k < net.depth(); k++) {
      lower[k] = new double[net.width(k)];
      upper[k] = new double[net.width(k)];
      reach[k] = new double[net.width(k)];
      for (int i = 0; i < net.width(k); i++) {
        interval(ball, state, lower, upper, k, i);
        reach[k][i] = Math.max(Math.abs(lower[k][i]), Math.abs(upper[k][i]));
        int p = ball.play(k, i);
        if (p >= 0) {
          state.dLower[p] = lower[k][i];
          state.dUpper[p] = upper[k][i];
        }
      }
      if (k > 0) {
        for (int i = 0; i < net.width(k); i++) {
          double least = directions.bound(state, hulls, Goal.difference(k, i, 1), empty);
          double most = -directions.bound(state, hulls, Goal.difference(k, i, -1), empty);
          lower[k][i] = Math.max(lower[k][i], least);
          upper[k][i] = Math.min(upper[k][i], most);
        }
      }
      for (int i = 0; i < net.width(k); i++) {
        reach[k][i] = Math.max(Math.abs(lower[k][i]), Math.abs(upper[k][i]));
        int p = ball.play(k, i);
        if (p >= 0) {
          state.dLower[p] = lower[k][i];
          state.dUpper[p] = upper[k][i];
          state.sizes[p] = reach[k][i];
        }
      }
      state.settle();
      for (int i = 0; i < net.width(k); i++) {
        if (ball.play(k, i) >= 0) {
          hulls.set(state, ball.play(k, i));
        }
      }
    }
    return new FaceRoot(state, directions);
  }

  private static void interval(
      Ball ball, State state, double[][] lower, double[][] upper, int k, int i) {
    double[] w = ball.net().weights(k, i);
    Total least = new Total();
    Total most = new Total();
    for (int j = 0; j < w.length; j++) {
      if (w[j] == 0) {
        continue;
      }
      double l;
      double u;
      if (k == 0) {
        l = state.qLower[j];
        u = state.qUpper[j];
      } else {
        boolean inPlay = ball.play(k - 1, j) >= 0;
        boolean passes = ball.passes(k - 1, j);
        l = inPlay ? Math.min(0, lower[k - 1][j]) : passes ? lower[k - 1][j] : 0;
        u = inPlay ? Math.max(0, upper[k - 1][j]) : passes ? upper[k - 1][j] : 0;
      }
      least.add(Math.min(w[j] * l, w[j] * u));
      most.add(Math.max(w[j] * l, w[j] * u));
    }
    lower[k][i] = least.down();
    upper[k][i] = most.up();
  }
}
