package dev.crease.engine.regions;

import dev.crease.Rounding;
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
  private final Norm norm;
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
    this.listener = listener;
    this.budget = Budget.of(options);
    this.open = Double.POSITIVE_INFINITY;
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
    values.add(question.g().isPresent() ? outputs(leaf) : inputs(leaf));
  }

  private List<Candidate> candidates() {
    List<Image> images = leaves.stream().map(Image::of).toList();
    Neighbors neighbors = new Neighbors();
    leaves.forEach(neighbors::add);
    List<Candidate> candidates = new ArrayList<>();
    int[] centers = centers();
    for (int i = 0; i < leaves.size() && !isOver(); i++) {
      if (question.isPinned()) {
        for (int j : centers) {
          if (!images.get(i).isApartFrom(images.get(j))) {
            candidates.add(candidate(i, j));
          }
        }
      } else if (!leaves.get(i).isInjective(0)) {
        candidates.add(candidate(i, i));
      }
    }
    if (!question.isPinned()) {
      new OverlapGrid(images, question.f().outputs())
          .forEach(
              0,
              (i, j) -> {
                if (!isOver()
                    && !images.get(i).isApartFrom(images.get(j))
                    && neighbors.between(leaves.get(i), leaves.get(j))
                        != Neighbors.Relation.COHERENT) {
                  candidates.add(candidate(i, j));
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

  private Candidate candidate(int i, int j) {
    double[][] a = values.get(i);
    double[][] b = values.get(j);
    double[] apart = new double[a.length];
    for (int k = 0; k < apart.length; k++) {
      apart[k] = Math.max(Math.nextUp(a[k][1] - b[k][0]), Math.nextUp(b[k][1] - a[k][0]));
    }
    double size = norm.of(apart);
    return new Candidate(
        i, j, Double.isNaN(size) ? Double.POSITIVE_INFINITY : Math.nextUp(size * (1 + 1e-12)));
  }

  /** The intervals of a leaf's coordinates in the ball. */
  private double[][] inputs(Leaf leaf) {
    int[] ball = question.ball();
    double radius = question.query().maxRadius();
    double[][] intervals = new double[ball.length][];
    for (int k = 0; k < ball.length; k++) {
      double middle = leaf.cell().middle()[ball[k]];
      double half = leaf.cell().halfWidth()[ball[k]] + 2 * leaf.cell().error();
      intervals[k] =
          new double[] {
            Math.max(-radius, Math.nextDown(middle - half)),
            Math.min(radius, Math.nextUp(middle + half))
          };
    }
    return intervals;
  }

  /** The intervals of the second network's outputs on a leaf, rounded outward. */
  private double[][] outputs(Leaf leaf) {
    double[][] rows = leaf.rows(1);
    int m = leaf.cell().dimension();
    double error = leaf.cell().error();
    double[][] intervals = new double[rows.length][];
    for (int i = 0; i < rows.length; i++) {
      double low = Double.POSITIVE_INFINITY;
      double high = Double.NEGATIVE_INFINITY;
      double blur = 0;
      for (Vertex v : leaf.cell().vertices()) {
        double y = rows[i][m];
        double size = Math.abs(y);
        double inherited = leaf.rowError(1, i, m);
        for (int k = 0; k < m; k++) {
          y += rows[i][k] * v.x(k);
          size += Math.abs(rows[i][k]) * (Math.abs(v.x(k)) + error);
          inherited +=
              Math.abs(rows[i][k]) * error + leaf.rowError(1, i, k) * (Math.abs(v.x(k)) + error);
        }
        low = Math.min(low, y);
        high = Math.max(high, y);
        blur = Math.max(blur, inherited + Rounding.gamma(m + 3) * size);
      }
      double out = blur * (1 + 1e-9) + Double.MIN_NORMAL;
      intervals[i] = new double[] {Math.nextDown(low - out), Math.nextUp(high + out)};
    }
    return intervals;
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
