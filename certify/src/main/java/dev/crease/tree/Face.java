package dev.crease.tree;

import java.util.ArrayList;
import java.util.List;

/**
 * A face of the unit ball of directions: the input that differs most between the two points, the
 * first being {@code sign} times larger there, so that {@code (x - x') / t} has {@code sign} in
 * that place and nothing larger in any other.
 *
 * @param input the input
 * @param sign 1 or -1
 */
record Face(int input, int sign) {

  /** The faces of a question: of each pair only one where the points can be swapped. */
  static List<Face> all(Ball ball) {
    List<Face> faces = new ArrayList<>();
    for (int j = 0; j < ball.net().inputs(); j++) {
      if (ball.isFree(j)) {
        faces.add(new Face(j, 1));
        if (ball.isPinned()) {
          faces.add(new Face(j, -1));
        }
      }
    }
    return faces;
  }

  double[] inputLower(Ball ball) {
    double[] q = new double[ball.net().inputs()];
    for (int j = 0; j < q.length; j++) {
      q[j] = j == input ? sign : ball.isFree(j) ? -1 : 0;
    }
    return q;
  }

  double[] inputUpper(Ball ball) {
    double[] q = new double[ball.net().inputs()];
    for (int j = 0; j < q.length; j++) {
      q[j] = j == input ? sign : ball.isFree(j) ? 1 : 0;
    }
    return q;
  }
}
