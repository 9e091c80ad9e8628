package dev.crease.verifier.tree;

import dev.crease.verifier.proof.Ball;
import dev.crease.verifier.proof.Layers;
import dev.crease.verifier.proof.Multipliers;
import dev.crease.verifier.proof.Node;

/** Writes down a tree that is being checked: is told each step once it has held. */
public interface Scribe extends AutoCloseable {

  /** One that writes nothing. */
  Scribe NONE = new Scribe() {};

  /** The bounds of positions over the ball. */
  default void begins(double[][][] positions) {}

  default void face(Node root) {}

  /** A bound on {@code sign dz}, of a node where it is not known yet. */
  default void narrow(Node node, int h, int sign, Multipliers by, double bound) {}

  /** A phase, of a node where it is not known yet; the numbers are about the other phase. */
  default void decide(Node node, int h, int copy, boolean active, Multipliers by) {}

  default void direction(Node node, Multipliers by) {}

  default void near(Node node, Multipliers by) {}

  /** A split of a node; its active child comes next. */
  default void split(Node node, int h, int copy) {}

  /** From the active child of the last split to the inactive one. */
  default void turns() {}

  /** Both children of the last split have ended. */
  default void joins() {}

  default void faceEnds() {}

  /** All faces are there. */
  default void ends() {}

  @Override
  default void close() {}

  /** Makes what writes down the tree of a ball. */
  @FunctionalInterface
  interface Maker {

    /**
     * One for a tree.
     *
     * @param claim the radius to be proved
     */
    Scribe of(Layers net, Ball ball, double claim);
  }
}
