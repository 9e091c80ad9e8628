package dev.crease.certify;

import dev.crease.bounds.Norm;
import dev.crease.question.Query;
import dev.crease.witness.ExactCollision;
import dev.crease.witness.ExactRadius;
import dev.crease.witness.ExactRepair;
import dev.crease.witness.Fractions;
import java.util.Optional;
import org.hipparchus.fraction.BigFraction;

/**
 * What a result holds beyond doubles.
 *
 * @param radius where the radius lies, in rational numbers; its lower end rests on what the
 *     assurance of the result says
 * @param collision collisions in rational numbers, at the upper end of the bracket
 * @param cover a mesh from which the lower end can be checked, where one was asked for
 * @param tree a proof tree from which it can be
 * @param cells the linear regions of the whole space, from which a lower end without limit can be
 */
public record Evidence(
    Optional<ExactRadius> radius,
    Optional<ExactCollision> collision,
    Optional<Cover> cover,
    Optional<ProofTree> tree,
    Optional<CellTree> cells) {

  /** Without a tree. */
  public Evidence(
      Optional<ExactRadius> radius, Optional<ExactCollision> collision, Optional<Cover> cover) {
    this(radius, collision, cover, Optional.empty(), Optional.empty());
  }

  /** The same with a tree. */
  public Evidence with(ProofTree newTree) {
    return new Evidence(radius, collision, cover, Optional.of(newTree), cells);
  }

  /** The same with the regions of the whole space. */
  public Evidence with(CellTree newCells) {
    return new Evidence(radius, collision, cover, tree, Optional.of(newCells));
  }

  /** Whether the lower end can be checked. */
  public boolean hasProof() {
    return cover.isPresent() || tree.isPresent() || cells.isPresent();
  }

  /** Nothing. */
  public static Evidence none() {
    return new Evidence(Optional.empty(), Optional.empty(), Optional.empty());
  }

  /**
   * An exact collision, as what refutes.
   *
   * @param certified the lower end of the bracket, above the collision's distance by no more than
   *     that is rounded by
   */
  public static Evidence of(Query query, double certified, ExactCollision collision) {
    boolean squared = query.norm() == Norm.L2;
    BigFraction proved = Fractions.of(certified);
    BigFraction lower = squared ? proved.multiply(proved) : proved;
    BigFraction upper = ExactRepair.distance(query, collision);
    return new Evidence(
        Optional.of(new ExactRadius(lower.compareTo(upper) < 0 ? lower : upper, upper, squared)),
        Optional.of(collision),
        Optional.empty());
  }
}
