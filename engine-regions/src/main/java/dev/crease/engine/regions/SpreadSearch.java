package dev.crease.engine.regions;

import dev.crease.bounds.Norm;
import dev.crease.certify.Budget;
import dev.crease.certify.CertifyListener;
import dev.crease.certify.CertifyOptions;
import dev.crease.certify.StopReason;
import dev.crease.witness.ExactCollision;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.hipparchus.fraction.BigFraction;

/**
 * The spread over the ball of a question's largest radius: the pairs of leaves that may collide,
 * those first whose points may differ the most, until no other pair may differ by more than what
 * was found.
 */
final class SpreadSearch {

  private final Question question;
  private final Spans spans;
  private final Norm norm;
  private final double eps;
  private final CertifyListener listener;
  private final Budget budget;
  private final Subdivision subdivision;
  private final List<Leaf> leaves = new ArrayList<>();
  private final List<double[][]> values = new ArrayList<>();
  private BigFraction least = BigFraction.ZERO;
  private BigFraction most = BigFraction.ZERO;
  private double open;
  private Optional<ExactCollision> collision = Optional.empty();
  private int solved;
  private StopReason stop = StopReason.COMPLETE;

  SpreadSearch(Question question, Norm norm, CertifyOptions options, CertifyListener listener) {
    this.question = question;
    this.norm = norm;
    this.spans = new Spans(question);
    this.listener = listener;
    this.budget = Budget.of(options);
    this.open = Double.POSITIVE_INFINITY;
    this.eps = question.query().noise().eps();
    Distances distances = new Distances(question);
    this.subdivision =
        new Subdivision(
            new Stages(question.networks(), question.origin()), question.origin(), distances::of);
  }

  /** Two leaves, by index, whose points differ by no more than the key. */
  private record Candidate(int first, int second, double key) {}

  /** Searches until it is done, or the options stop it. */
  void run() {
    if (!explore()) {
      return;
    }
    List<Candidate> candidates = candidates();
    if (stop != StopReason.COMPLETE) {
      return;
    }
    candidates.sort(Comparator.comparingDouble(Candidate::key).reversed());
    for (Candidate c : candidates) {
      open = c.key();
      if (c.key() <= Rationals.nearest(least)) {
        break;
      }
      if (isOver()) {
        return;
      }
      solve(c);
    }
    open = 0;
  }

  /** Takes all leaves within the radius; false when stopped. */
  private boolean explore() {
    double radius = question.query().maxRadius();
    Subdivision.BestFirst cells = subdivision.new BestFirst(question.window(radius));
    while (cells.least() <= radius) {
      if (isOver()) {
        return false;
      }
      cells.step().ifPresent(this::take);
    }
    return true;
  }

  private void take(Leaf leaf) {
    leaves.add(leaf);
    values.add(spans.of(leaf));
  }

  private List<Candidate> candidates() {
    // Half of the noise on either side.
    double half = eps / 2;
    List<Image> images = leaves.stream().map(leaf -> Image.of(leaf).grown(half)).toList();
    double[] gains =
        eps > 0 && question.isSquare() && question.g().isEmpty()
            ? leaves.stream().mapToDouble(leaf -> Gain.of(leaf, norm)).toArray()
            : new double[0];
    Neighbors neighbors = new Neighbors();
    leaves.forEach(neighbors::add);
    List<Candidate> candidates = new ArrayList<>();
    int[] centers = centers();
    for (int i = 0; i < leaves.size() && !isOver(); i++) {
      if (question.isPinned()) {
        for (int j : centers) {
          if (!images.get(i).isApartFrom(images.get(j))) {
            candidates.add(candidate(i, j, gains));
          }
        }
      } else if (eps > 0 || !leaves.get(i).isInjective(0)) {
        candidates.add(candidate(i, i, gains));
      }
    }
    if (!question.isPinned()) {
      new OverlapGrid(images, question.f().outputs())
          .forEach(
              0,
              (i, j) -> {
                if (!isOver()
                    && !images.get(i).isApartFrom(images.get(j))
                    && (eps > 0
                        || neighbors.between(leaves.get(i), leaves.get(j))
                            != Neighbors.Relation.COHERENT)) {
                  candidates.add(candidate(i, j, gains));
                }
              });
    }
    return candidates;
  }

  /** The leaves that may hold a pinned point: where it is one, any that does. */
  private int[] centers() {
    return question.shared().isEmpty()
        ? IntStream.range(0, leaves.size())
            .filter(j -> leaves.get(j).holdsOrigin())
            .limit(1)
            .toArray()
        : IntStream.range(0, leaves.size()).filter(j -> leaves.get(j).key() == 0).toArray();
  }

  private Candidate candidate(int i, int j, double[] gains) {
    double key = Spans.apart(norm, values.get(i), values.get(j));
    if (gains.length > 0 && Gain.tells(leaves.get(i), leaves.get(j))) {
      key = Math.min(key, Math.nextUp(Math.max(gains[i], gains[j]) * eps));
    }
    return new Candidate(i, j, key);
  }

  private void solve(Candidate c) {
    solved++;
    new PairSpread(question, leaves.get(c.first()), leaves.get(c.second()))
        .solve(norm)
        .ifPresent(
            found -> {
              if (found.most().compareTo(most) > 0) {
                most = found.most();
              }
              if (found.least().compareTo(least) > 0) {
                least = found.least();
                collision = found.collision();
              }
            });
    listener.progress(
        new CertifyListener.Bracket(
            least(),
            OptionalDouble.of(most()),
            Double.POSITIVE_INFINITY,
            solved,
            budget.elapsed()));
  }

  private boolean isOver() {
    Optional<StopReason> over = budget.over();
    over.ifPresent(why -> stop = why);
    return over.isPresent();
  }

  /** By so much points that collide differ; rounded down. */
  double least() {
    return least.signum() == 0 ? 0 : Math.max(0, Math.nextDown(Rationals.nearest(least)));
  }

  /** No points that collide differ by more; rounded up. Infinite while leaves are missing. */
  double most() {
    double found = most.signum() == 0 ? 0 : Math.nextUp(Rationals.nearest(most));
    return Math.max(found, open);
  }

  Optional<ExactCollision> collision() {
    return collision;
  }

  int regions() {
    return leaves.size();
  }

  int solved() {
    return solved;
  }

  StopReason stop() {
    return stop;
  }

  double seconds() {
    return budget.seconds();
  }
}
