package dev.crease.engine.regions;

import dev.crease.bounds.Norm;
import dev.crease.certify.Budget;
import dev.crease.certify.CertifyListener;
import dev.crease.certify.CertifyOptions;
import dev.crease.certify.StopReason;
import dev.crease.question.Noise;
import dev.crease.witness.ExactCollision;
import dev.crease.witness.ExactRadius;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.hipparchus.fraction.BigFraction;

/**
 * The radius of a question with noise: leaves are taken from near to far, and in rounds of twice as
 * many the pairs among them whose outputs noise may confuse, nearest first, are asked how near they
 * come with the difference that is not allowed. The answer is final when no leaf is left within it.
 *
 * <p>What is allowed may just be reached below the radius: it is where pairs that differ by more
 * come as near as one likes.
 */
final class NoiseSearch {

  private static final int FIRST_ROUND = 64;
  private static final int LOOK_AT_THE_CLOCK = 32;

  private final Question question;
  private final Norm norm;
  private final double eps;
  private final double within;
  private final BigFraction apart;
  private final CertifyListener listener;
  private final Budget budget;
  private final Subdivision.BestFirst cells;
  private final Spans spans;
  private final boolean hasGains;
  private final List<Leaf> leaves = new ArrayList<>();
  private final List<Image> images = new ArrayList<>();
  private final List<double[][]> values = new ArrayList<>();
  private final List<Double> gains = new ArrayList<>();
  private final double maxRadius;
  private double reach;
  private double settled;
  private boolean complete;
  private Optional<BigFraction> lower = Optional.empty();
  private Optional<PairMinimum> nearest = Optional.empty();
  private int solved;
  private StopReason stop = StopReason.COMPLETE;

  NoiseSearch(Question question, CertifyOptions options, CertifyListener listener) {
    this.question = question;
    this.norm = Noise.norm(question.norm());
    this.eps = question.query().noise().eps();
    this.within = question.query().noise().within();
    this.apart = Rationals.fraction(within);
    this.listener = listener;
    this.budget = Budget.of(options);
    this.maxRadius = question.query().maxRadius();
    this.reach = maxRadius;
    this.spans = new Spans(question);
    this.hasGains = question.isSquare() && question.g().isEmpty();
    Distances distances = new Distances(question);
    Subdivision subdivision =
        new Subdivision(
            new Stages(question.networks(), question.origin()), question.origin(), distances::of);
    this.cells = subdivision.new BestFirst(question.window(maxRadius));
  }

  /** Two leaves, by index; a pair of theirs is at least as far as the key. */
  private record Candidate(int first, int second, double key) {}

  /** Searches until it is done, or the options stop it. */
  void run() {
    int target = FIRST_ROUND;
    while (true) {
      int asked = leaves.size();
      if (!explore(target) || !ask(asked)) {
        publish();
        return;
      }
      settled = Math.min(cells.least(), maxRadius);
      complete = cells.least() > reach;
      publish();
      if (complete) {
        return;
      }
      target = 2 * Math.max(target, leaves.size());
    }
  }

  private boolean explore(int target) {
    int steps = 0;
    while (leaves.size() < target && cells.least() <= reach) {
      if (steps++ % LOOK_AT_THE_CLOCK == 0 && isOver()) {
        return false;
      }
      cells.step().ifPresent(this::take);
    }
    return true;
  }

  private void take(Leaf leaf) {
    leaves.add(leaf);
    images.add(Image.of(leaf).grown(eps / 2));
    values.add(spans.of(leaf));
    gains.add(hasGains ? Gain.of(leaf, norm) : Double.POSITIVE_INFINITY);
  }

  /** Asks the pairs with leaves that are new; false when stopped. */
  private boolean ask(int asked) {
    List<Candidate> candidates = new ArrayList<>();
    if (question.isPinned()) {
      pinned(asked, candidates);
    } else {
      IntStream.range(asked, leaves.size()).forEach(i -> add(candidates, i, i));
      new OverlapGrid(images, question.f().outputs())
          .forEach(asked, (i, j) -> add(candidates, i, j));
    }
    candidates.sort(Comparator.comparingDouble(Candidate::key));
    for (Candidate c : candidates) {
      if (c.key() > reach) {
        break;
      }
      if (isOver()) {
        return false;
      }
      solve(c);
    }
    return true;
  }

  /** Every leaf with each that may hold the centre, or with shared inputs be at its place. */
  private void pinned(int asked, List<Candidate> candidates) {
    boolean isPoint = question.shared().isEmpty();
    List<Integer> centers =
        IntStream.range(0, leaves.size())
            .filter(j -> isPoint ? leaves.get(j).holdsOrigin() : leaves.get(j).key() == 0)
            .limit(isPoint ? 1 : leaves.size())
            .boxed()
            .toList();
    for (int j : centers) {
      for (int i = j < asked ? asked : 0; i < leaves.size(); i++) {
        add(candidates, i, j);
      }
    }
  }

  private void add(List<Candidate> candidates, int i, int j) {
    double key = Math.max(leaves.get(i).key(), leaves.get(j).key());
    boolean isSmall =
        Gain.tells(leaves.get(i), leaves.get(j))
            && Math.nextUp(Math.max(gains.get(i), gains.get(j)) * eps) <= within;
    if (key <= reach
        && !isSmall
        && Spans.apart(norm, values.get(i), values.get(j)) >= within
        && !images.get(i).isApartFrom(images.get(j))) {
      candidates.add(new Candidate(i, j, key));
    }
  }

  private void solve(Candidate c) {
    solved++;
    NoisyPair pair = new NoisyPair(question, leaves.get(c.first()), leaves.get(c.second()));
    Optional<PairMinimum> found = pair.nearest(apart);
    if (found.isEmpty()) {
      return;
    }
    if (lower.filter(l -> l.compareTo(found.get().lower()) <= 0).isEmpty()) {
      lower = Optional.of(found.get().lower());
    }
    if (nearest.filter(n -> n.upper().compareTo(found.get().upper()) <= 0).isEmpty()) {
      nearest = found;
      reach = Math.min(reach, radius().orElseThrow().refuted());
    }
  }

  private boolean isOver() {
    Optional<StopReason> over = budget.over();
    over.ifPresent(why -> stop = why);
    return over.isPresent();
  }

  private void publish() {
    OptionalDouble refuted =
        exact().map(r -> OptionalDouble.of(r.refuted())).orElseGet(OptionalDouble::empty);
    listener.progress(
        new CertifyListener.Bracket(
            certified(), refuted, Double.POSITIVE_INFINITY, leaves.size(), budget.elapsed()));
  }

  private Optional<ExactRadius> radius() {
    return nearest.map(
        n -> new ExactRadius(lower.orElseThrow(), n.upper(), question.norm() == Norm.L2));
  }

  /** Where the radius lies, when a pair is known that refutes. */
  Optional<ExactRadius> exact() {
    return radius()
        .filter(r -> r.refuted() <= maxRadius)
        .map(
            r -> {
              if (complete) {
                return r;
              }
              BigFraction known = Rationals.fraction(certified());
              BigFraction least = r.squared() ? known.multiply(known) : known;
              return new ExactRadius(
                  least.compareTo(r.lower()) < 0 ? least : r.lower(), r.upper(), r.squared());
            });
  }

  /** The pair that refutes. */
  Optional<ExactCollision> pair() {
    return exact().flatMap(r -> nearest).map(PairMinimum::collision);
  }

  /** No pair with the difference that is not allowed has both points within this distance. */
  double certified() {
    double known = radius().map(ExactRadius::certified).orElse(maxRadius);
    if (!complete) {
      return Math.max(0, Math.min(known, Math.nextDown(settled)));
    }
    return Math.min(known, maxRadius);
  }

  StopReason stop() {
    return stop;
  }

  int regions() {
    return leaves.size();
  }

  int solved() {
    return solved;
  }
}
