package dev.crease.tree;

import dev.crease.model.LinearExpression;
import dev.crease.model.Model;
import dev.crease.model.Variable;
import java.util.ArrayList;
import java.util.List;

/**
 * The linear program over positions of both points, by the radius of the ball: input points from
 * the centre, their difference {@code t} in the input of the face, the radius, and for each neuron
 * in play and copy its pre-activation and its value. What changes from node to node has any number
 * here.
 */
final class PositionModel {

  /** In units of the ball's radius. */
  static final double MOST_RADIUS = 2;

  private PositionModel() {}

  static Model of(Ball ball, Composed composed, double[] scale, PositionLayout at) {
    Model.Builder model = Model.builder("positions");
    List<Variable> v = new ArrayList<>();
    int m = at.inputs();
    int count = at.count();
    for (int copy = 0; copy < 2; copy++) {
      for (int j = 0; j < m; j++) {
        boolean fixed = copy == 1 && (ball.isPinned() || !ball.isFree(j));
        double reach = ball.isFree(j) ? MOST_RADIUS : ball.reach(j) / ball.radius();
        double least = Math.max(-reach, (ball.sideLower(j) - ball.center(j)) / ball.radius());
        double most = Math.min(reach, (ball.sideUpper(j) - ball.center(j)) / ball.radius());
        v.add(model.continuous("x" + copy + "_" + j, fixed ? 0 : least, fixed ? 0 : most));
      }
    }
    double least = Math.min(ball.least() / ball.radius(), 2 * MOST_RADIUS);
    v.add(model.continuous("t", least, 2 * MOST_RADIUS));
    v.add(model.continuous("rho", 0, MOST_RADIUS));
    for (int i = 0; i < 4 * count; i++) {
      v.add(model.continuous((i < 2 * count ? "z" : "y") + i, -1, 1));
    }
    for (int i = 0; i < 2 * m && at.isL1(); i++) {
      v.add(model.continuous("away" + i, 0, MOST_RADIUS));
    }
    for (int copy = 0; copy < 2; copy++) {
      for (int p = 0; p < count; p++) {
        LinearExpression.Builder row = LinearExpression.builder();
        row.add(1, v.get(at.z(copy, p)));
        double constant = composed.constant(p);
        for (int j = 0; j < m; j++) {
          double w = composed.onInput(p, j);
          constant += w * ball.center(j);
          if (w != 0) {
            row.add(-w * ball.radius() / scale[p], v.get(at.x(ball.isFree(j) ? copy : 0, j)));
          }
        }
        for (int q = 0; q < p; q++) {
          double w = composed.onValue(p, q);
          if (w != 0) {
            row.add(-w * scale[q] / scale[p], v.get(at.y(copy, q)));
          }
        }
        model.equal("layer" + copy + "_" + p, row.build(), constant / scale[p]);
      }
    }
    for (int copy = 0; copy < 2; copy++) {
      for (int p = 0; p < count; p++) {
        LinearExpression.Builder row = LinearExpression.builder();
        row.add(1, v.get(at.y(copy, p))).add(-1, v.get(at.z(copy, p)));
        model.atLeast("above" + copy + "_" + p, row.build(), 0);
      }
    }
    for (int copy = 0; copy < 2; copy++) {
      for (int p = 0; p < count; p++) {
        LinearExpression.Builder row = LinearExpression.builder();
        row.add(1, v.get(at.y(copy, p))).add(-0.5, v.get(at.z(copy, p)));
        model.atMost("chord" + copy + "_" + p, row.build(), 1);
      }
    }
    for (String kind : List.of("least", "most", "low", "up")) {
      for (int p = 0; p < count; p++) {
        LinearExpression.Builder row = LinearExpression.builder();
        boolean value = kind.equals("low") || kind.equals("up");
        if (value) {
          row.add(1, v.get(at.y(0, p))).add(-1, v.get(at.y(1, p)));
        }
        row.add(value ? -0.5 : 1, v.get(at.z(0, p))).add(value ? 0.5 : -1, v.get(at.z(1, p)));
        row.add(0.5, v.get(at.t()));
        if (kind.equals("least") || kind.equals("low")) {
          model.atLeast(kind + p, row.build(), 0);
        } else {
          model.atMost(kind + p, row.build(), 0);
        }
      }
    }
    for (int side = 0; side < 2; side++) {
      for (int j = 0; j < m; j++) {
        LinearExpression.Builder row = LinearExpression.builder();
        if (ball.isFree(j)) {
          row.add(1, v.get(at.x(0, j))).add(-1, v.get(at.x(1, j)));
          row.add(0.5, v.get(at.t()));
        }
        if (side == 0) {
          model.atLeast("inputLeast" + j, row.build(), 0);
        } else {
          model.atMost("inputMost" + j, row.build(), 0);
        }
      }
    }
    for (int r = 0; r < at.equations(); r++) {
      addOutput(model, ball, composed, scale, at, v, r);
    }
    addBall(model, ball, at, v);
    return model.build();
  }

  /** Outputs are equal, or up to noise; or one side of what their difference is by {@code t}. */
  private static void addOutput(
      Model.Builder model,
      Ball ball,
      Composed composed,
      double[] scale,
      PositionLayout at,
      List<Variable> v,
      int number) {
    int r = number % composed.equations();
    LinearExpression.Builder row = LinearExpression.builder();
    for (int copy = 0; copy < 2; copy++) {
      int sign = copy == 0 ? 1 : -1;
      for (int j = 0; j < at.inputs(); j++) {
        if (ball.isFree(j)) {
          row.add(sign * composed.mixedOnInput(r, j), v.get(at.x(copy, j)));
        }
      }
      for (int p = 0; p < at.count(); p++) {
        double w = composed.mixedOnValue(r, p) * scale[p] / ball.radius();
        if (w != 0) {
          row.add(sign * w, v.get(at.y(copy, p)));
        }
      }
    }
    if (ball.isSloped()) {
      boolean isMost = number >= composed.equations();
      double slope = (isMost ? ball.slopes().high() : ball.slopes().low())[r];
      row.add(Double.isInfinite(slope) ? 0 : -slope * composed.unit(r), v.get(at.t()));
      if (Double.isInfinite(slope)) {
        model.range(
            "output" + number, Double.NEGATIVE_INFINITY, row.build(), Double.POSITIVE_INFINITY);
      } else if (isMost) {
        model.atMost("output" + number, row.build(), 0);
      } else {
        model.atLeast("output" + number, row.build(), 0);
      }
      return;
    }
    double noise = ball.eps() == 0 ? 0 : ball.eps() * composed.unit(r) / ball.radius();
    model.range("output" + number, -noise, row.build(), noise);
  }

  private static void addBall(Model.Builder model, Ball ball, PositionLayout at, List<Variable> v) {
    for (int copy = 0; copy < 2; copy++) {
      for (int j = 0; j < at.inputs(); j++) {
        for (int sign = -1; sign <= 1; sign += 2) {
          LinearExpression.Builder row = LinearExpression.builder();
          if (ball.isFree(j) && !(copy == 1 && ball.isPinned())) {
            row.add(sign, v.get(at.x(copy, j)));
            row.add(-1, v.get(at.isL1() ? at.away(copy, j) : at.rho()));
          }
          model.atMost("ball" + copy + "_" + j + "_" + sign, row.build(), 0);
        }
      }
    }
    for (int copy = 0; copy < 2 && at.isL1(); copy++) {
      LinearExpression.Builder row = LinearExpression.builder();
      for (int j = 0; j < at.inputs(); j++) {
        row.add(1, v.get(at.away(copy, j)));
      }
      row.add(-1, v.get(at.rho()));
      model.atMost("ball" + copy, row.build(), 0);
    }
    for (int i = 0; i < PositionLayout.PLANES && at.isL2(); i++) {
      model.atMost("plane" + i, LinearExpression.builder().build(), 0);
    }
  }
}
