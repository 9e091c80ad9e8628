package dev.crease.certify;

import java.util.Optional;

/**
 * What a result holds beyond doubles.
 *
 * @param radius where the radius lies, in rational numbers; its lower end rests on what the
 *     assurance of the result says
 * @param collision collisions in rational numbers, at the upper end of the bracket
 * @param cover a mesh from which the lower end can be checked, where one was asked for
 */
public record Evidence(
    Optional<ExactRadius> radius, Optional<ExactCollision> collision, Optional<Cover> cover) {

  /** Nothing. */
  public static Evidence none() {
    return new Evidence(Optional.empty(), Optional.empty(), Optional.empty());
  }
}
