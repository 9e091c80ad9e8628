package dev.crease.certify;

import dev.crease.bounds.Norm;
import dev.crease.question.Query;
import dev.crease.solver.SolveResult;
import dev.crease.solver.SolveStatus;
import java.util.Optional;

/**
 * What a solver's tolerances may hide of a radius: ten times the larger of them, relative above 1;
 * in the norm 2, where the ball is a constraint on squares, as much as that is of the root. The one
 * place where what a solver says of a radius becomes {@link Proved}.
 */
public final class Padding {

  private static final double TIMES = 10;
  private static final double OUTWARD = 1e-5;

  private final Norm norm;
  private final double asked;
  private final double tolerance;
  private double largest;

  /** The padding of answers to a question. */
  public Padding(Query query, CertifyOptions options) {
    this.norm = query.norm();
    this.asked = query.maxRadius();
    this.tolerance = TIMES * options.tolerances().largest();
  }

  /** What is taken off a bound. */
  public synchronized double of(double bound) {
    double pad = tolerance * Math.max(1, Math.abs(bound));
    if (norm == Norm.L2) {
      pad = Math.max(pad, bound - Math.sqrt(Math.max(0, bound * bound - tolerance)));
    }
    largest = Math.max(largest, pad);
    return pad;
  }

  /** The largest that was taken off so far. */
  public synchronized double largest() {
    return largest;
  }

  /** A radius so far beyond another one that a solver's proof up to there holds up to that. */
  public double beyond(double radius) {
    double room = 2 * tolerance;
    double reach = radius + room * Math.max(1, radius);
    return norm == Norm.L2 ? Math.max(reach, Math.sqrt(radius * radius + room)) : reach;
  }

  /** A radius so far beyond the largest one that a proof up to there holds up to that. */
  public double reach() {
    return beyond(asked);
  }

  /**
   * What a solver proved of the nearest collision of a model, when it found none or closed or
   * stopped with a bound; nothing when it failed.
   *
   * @param result of minimising the radius over collisions
   * @param cap the largest radius that the model allows
   * @param pairs which pairs the model is about
   */
  public Proved nearest(SolveResult result, double cap, Proved.Pairs pairs) {
    return switch (result.status()) {
      case INFEASIBLE -> none(cap, pairs);
      case OPTIMAL, TIME_LIMIT, NODE_LIMIT, OTHER_LIMIT, INTERRUPTED ->
          Proved.padded(below(result.dualBound()), pairs);
      case UNBOUNDED, INFEASIBLE_OR_UNBOUNDED, ERROR -> Proved.padded(0, pairs);
    };
  }

  /**
   * What is proved when bounds that were found with a solver leave no collision up to {@code cap}.
   */
  public Proved none(double cap, Proved.Pairs pairs) {
    return Proved.padded(cap >= reach() ? asked : below(cap), pairs);
  }

  /**
   * What is proved when values of the determined function differ by no more than a threshold over
   * all colliding pairs of a ball, so that the property counts as true there.
   *
   * @param result of maximising the difference over the ball of {@link #beyond}{@code (radius)}
   * @return nothing unless the solver closed its bound: a time-out comes back with 0 as well
   */
  public Optional<Proved> differsBy(SolveResult result, double threshold, double radius) {
    return result.status() == SolveStatus.OPTIMAL && result.dualBound() <= threshold
        ? Optional.of(Proved.padded(radius, Proved.Pairs.FAR))
        : Optional.empty();
  }

  /**
   * A radius to look up to when a collision is known: so far above it that a solver that finds none
   * contradicts itself beyond its tolerances.
   */
  public double cap(double collision) {
    return Math.min(reach(), Math.max(collision * (1 + OUTWARD), collision + 4 * of(collision)));
  }

  private double below(double bound) {
    return bound > 0 && Double.isFinite(bound) ? Math.max(0, bound - of(bound)) : 0;
  }
}
