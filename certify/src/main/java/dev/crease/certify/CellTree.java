package dev.crease.certify;

import java.math.BigInteger;
import java.util.List;
import org.hipparchus.fraction.BigFraction;

/**
 * All activation patterns of a network on the whole space, as a tree over its ReLUs: from it alone
 * anybody can check that the network is one-to-one on all of {@code R^m}. On a path from the root
 * the split pre-activations are positive where the ReLU is active, and negative where it is not;
 * splits are counted along the path from 0.
 *
 * @param point a point whose image has no other preimage; it lies inside a cell
 * @param steps the nodes, each before those below it: first what is below the active phase
 */
public record CellTree(List<BigFraction> point, List<Step> steps) {

  /** Copies the lists. */
  public CellTree {
    point = List.copyOf(point);
    steps = List.copyOf(steps);
  }

  /** A node of the tree. */
  public sealed interface Step {}

  /**
   * Two phases are possible: two subtrees follow.
   *
   * @param neuron the ReLU, counted through all layers from 0
   */
  public record Split(int neuron) implements Step {}

  /**
   * One phase is impossible; the subtree of the other follows. Let {@code g} be the pre-activation,
   * negated if the ReLU is active, so that it is what would have to be positive: then {@code own g
   * + sum factor_i g_i} over splits of the path is a constant that is not positive.
   *
   * @param neuron the ReLU
   * @param isActive the phase that is possible
   * @param own positive
   * @param multipliers of splits
   */
  public record Implied(int neuron, boolean isActive, BigInteger own, List<Multiplier> multipliers)
      implements Step {

    /** Copies the list. */
    public Implied {
      multipliers = List.copyOf(multipliers);
    }
  }

  /**
   * How often a split is taken.
   *
   * @param split which one of the path
   * @param factor not negative
   */
  public record Multiplier(int split, BigInteger factor) {}

  /** A linear region: on the path every ReLU is decided whose pre-activation is not a constant. */
  public record Cell() implements Step {}
}
