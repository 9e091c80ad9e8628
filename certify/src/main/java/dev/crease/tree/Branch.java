package dev.crease.tree;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A node of a proof tree as it is kept: what was proved there, in order, and how it ended. Written
 * by one thread at a time.
 */
final class Branch {

  /** Something proved at a node, for all that follows there and below. */
  sealed interface Step permits Narrowed, Decided {}

  /** The difference of a neuron or an input is bounded. */
  record Narrowed(Goal goal, DirectionProof proof) implements Step {}

  /** A phase is decided: the other one holds no collision within the radius of the proof. */
  record Decided(int copy, int neuron, boolean active, Optional<PositionProof> proof, Reads reads)
      implements Step {}

  /** How a node ends. */
  sealed interface End permits Open, Empty, NoDirection, NotNear, Split {}

  /** Not at all: what is known of it is its bound. */
  record Open() implements End {}

  /** Bounds have crossed. */
  record Empty(Reads reads) implements End {}

  /** No direction is left. */
  record NoDirection(DirectionProof proof) implements End {}

  /** No collision of it is within the radius of the proof. */
  record NotNear(PositionProof proof) implements End {}

  /** By the phase of a copy's neuron: active first. */
  record Split(int copy, int neuron, Branch active, Branch inactive) implements End {}

  private final boolean keeps;
  private final List<Step> steps = new ArrayList<>();
  private End end = new Open();

  /** A node; one that does not keep anything costs nothing. */
  Branch(boolean keeps) {
    this.keeps = keeps;
  }

  void add(Step step) {
    if (keeps) {
      steps.add(step);
    }
  }

  void end(End how) {
    if (keeps) {
      end = how;
    }
  }

  /** A child of the same kind. */
  Branch child() {
    return new Branch(keeps);
  }

  List<Step> steps() {
    return steps;
  }

  End end() {
    return end;
  }
}
