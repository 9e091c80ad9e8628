package dev.crease.certify;

import java.util.List;
import org.hipparchus.fraction.BigFraction;

/**
 * A mesh of simplices that covers a ball and on each of which the network is affine: from it alone
 * anybody can check that no two points of the ball collide.
 *
 * @param radius of the ball
 * @param vertices points, one entry per input of the network
 * @param simplices indices of vertices, one more than there are inputs, positively oriented
 */
public record Cover(
    BigFraction radius, List<List<BigFraction>> vertices, List<List<Integer>> simplices) {

  /** Copies the lists. */
  public Cover {
    vertices = List.copyOf(vertices);
    simplices = List.copyOf(simplices);
  }
}
