package dev.crease.boxes;

import dev.crease.Unsupported;
import dev.crease.certify.Budget;
import dev.crease.certify.Certifier;
import dev.crease.certify.CertifyListener;
import dev.crease.certify.CertifyOptions;
import dev.crease.certify.Evidence;
import dev.crease.certify.Note;
import dev.crease.certify.Notes;
import dev.crease.certify.Proved;
import dev.crease.certify.RadiusResult;
import dev.crease.certify.Statistics;
import dev.crease.certify.StopReason;
import dev.crease.certify.Terms;
import dev.crease.question.Noise;
import dev.crease.question.Query;
import dev.crease.witness.CenterAnalysis;
import dev.crease.witness.CollisionSearch;
import dev.crease.witness.Newton;
import dev.crease.witness.Witness;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.PriorityQueue;
import java.util.Random;

/**
 * Answers by splitting the input, without a solver: pairs of boxes are taken by their distance from
 * the centre, and a pair is done when the {@link PairExclusion} prove that the network is
 * one-to-one across it; otherwise its wider box is halved. The distance of the first pair that is
 * not done is certified. All arithmetic is rounded outward, so no tolerance and no separation
 * enters. For few inputs, and no fewer outputs.
 */
public final class SplittingCertifier implements Certifier {

  /** The id by which configuration selects it. */
  public static final String ID = "splitting";

  private static final int MOST_INPUTS = 6;

  private static final int QUICK_INPUTS = 3;

  /** Looking for collisions beforehand takes this part of the time at the most. */
  private static final int SEARCH_SHARE = 4;

  /** How often a collision is looked for. */
  private static final int LOOK_EVERY = 8;

  /** How far from a fold collisions across it are looked for, relative to the radius. */
  private static final double FOLD = 1e-5;

  /** Points nearer than this, relative to the radius, are not told apart by a replay in doubles. */
  private static final double CLOSEST = 1e-6;

  /** A creator of the certifier. */
  public SplittingCertifier() {}

  @Override
  public String id() {
    return ID;
  }

  @Override
  public boolean answersNoise() {
    return true;
  }

  @Override
  public boolean answersDomains() {
    return true;
  }

  @Override
  public Optional<String> refusal(Query query, CertifyOptions options) {
    Optional<String> kind = Certifier.refusalOfKind(this, query);
    if (kind.isPresent()) {
      return kind;
    }
    if (!query.noise().isNone() && query.g().isPresent()) {
      return Optional.of(
          "certifier "
              + ID
              + " answers no questions of two networks with noise; choose regions or a solver");
    }
    if (query.f().inputs() > query.f().outputs()) {
      return Optional.of(
          String.format(
              Locale.ROOT,
              "certifier %s is for networks with no fewer outputs than inputs, and %s has %d and %d;"
                  + " choose a solver",
              ID,
              query.f().name(),
              query.f().outputs(),
              query.f().inputs()));
    }
    if (query.f().inputs() > MOST_INPUTS) {
      return Optional.of(
          "certifier "
              + ID
              + " is for up to "
              + MOST_INPUTS
              + " inputs, and "
              + query.f().name()
              + " has "
              + query.f().inputs()
              + "; choose a solver");
    }
    if (!query.shared().isEmpty()) {
      return Optional.of("certifier " + ID + " takes no shared inputs; choose a solver");
    }
    return Optional.empty();
  }

  @Override
  public Optional<String> suits(Query query) {
    // Up to so many inputs it is faster than any solver that was measured.
    return query.f().inputs() <= QUICK_INPUTS
        ? Optional.of("few inputs, and no fewer outputs")
        : Optional.empty();
  }

  @Override
  public String about() {
    return "no solver: up to six inputs and no fewer outputs, in any norm, without tolerances";
  }

  @Override
  public RadiusResult radius(Query query, CertifyOptions options, CertifyListener listener) {
    accept(query, options);
    return new Search(query, options, listener, false).run();
  }

  @Override
  public RadiusResult check(
      Query query, double radius, CertifyOptions options, CertifyListener listener) {
    accept(query, options);
    return new Search(query.upTo(radius), options, listener, true).run();
  }

  private void accept(Query query, CertifyOptions options) {
    refusal(query, options)
        .ifPresent(
            why -> {
              throw new Unsupported(why);
            });
  }

  private static final class Search {
    private final Query asked;
    private final Query query;
    private final Noise noise;
    private final CertifyOptions options;
    private final CertifyListener listener;
    private final boolean firstCollisionEnds;
    private final Budget budget;
    private final double[] center;
    private final PairExclusion tests;
    private final Random random;
    private final PriorityQueue<BoxPair> open = new PriorityQueue<>();
    private Optional<Witness> witness = Optional.empty();
    private double certified;
    private double certifiedAtFirst;
    private long pairs;
    private StopReason stop = StopReason.COMPLETE;
    private final int mostPairs;

    Search(
        Query asked, CertifyOptions options, CertifyListener listener, boolean firstCollisionEnds) {
      this.asked = asked;
      // In other units of the outputs noise is another.
      this.query = asked.noise().isNone() ? asked.normalized().query() : asked;
      this.noise = asked.noise();
      this.options = options;
      this.budget = Budget.of(options);
      this.listener = listener;
      this.firstCollisionEnds = firstCollisionEnds;
      this.center = query.center();
      this.tests = new PairExclusion(query.f());
      this.random = new Random(options.seed());
      this.mostPairs = BoxPair.mostInMemory(query.f());
    }

    RadiusResult run() {
      if (!noise.isNone()) {
        certified = Math.min(query.maxRadius(), noise.trivialRadius(query.isPinned()));
        publish();
        split();
        publish();
        return result(new Note.ByIntervals());
      }
      CenterAnalysis analysis = CenterAnalysis.of(query);
      if (analysis.collapse().isPresent()) {
        witness = analysis.collapse();
        return result(Note.ofCollapse(query));
      }
      // The region of the centre is proved for free, whatever becomes of the rest.
      certified = analysis.proved(query).orElse(0.0);
      if (certified < query.maxRadius()) {
        witness =
            CollisionSearch.search(query, 0, options.seed(), () -> budget.isOver(SEARCH_SHARE));
      }
      publish();
      if (certified < query.maxRadius() && !(firstCollisionEnds && witness.isPresent())) {
        split();
        publish();
      }
      return result(new Note.ByIntervals());
    }

    private void split() {
      certifiedAtFirst = certified;
      offer(BoxPair.whole(query, cap()));
      while (!open.isEmpty()) {
        BoxPair pair = open.poll();
        certified = Math.max(certified, Math.min(pair.distance(), query.maxRadius()));
        if (pair.isTooSmall(query, cap()) && noise.isNone()) {
          lookAround(pair);
        }
        if (cap() - pair.distance() <= closeEnough() || isOver(pair)) {
          return;
        }
        if ((++pairs & 255) == 0) {
          publish();
        }
        if (pairs % LOOK_EVERY == 0) {
          look(pair);
        }
        if (firstCollisionEnds && witness.isPresent()) {
          return;
        }
        pair.halves(query).forEach(this::offer);
      }
      certified = cap();
    }

    /** No collision further away than this matters. */
    private double cap() {
      return witness.map(Witness::radius).orElse(query.maxRadius());
    }

    /** The gap at which the bracket is closed. */
    private double closeEnough() {
      if (witness.isEmpty()) {
        // Nothing is refuted, so every pair must be settled.
        return 0;
      }
      return Math.max(options.tolerances().relativeGap() * cap(), blur());
    }

    /**
     * At a fold the points of a collision meet; doubles show it only while they are apart, and by
     * about as much its radius is too large.
     */
    private double blur() {
      double least = CLOSEST * Math.max(1, cap());
      return witness.filter(w -> w.separation() < 10 * least).isPresent() ? least : 0;
    }

    private boolean isOver(BoxPair pair) {
      Optional<StopReason> over = budget.over();
      if (over.isPresent()) {
        stop = over.get();
        return true;
      }
      if (pair.isTooSmall(query, cap()) || open.size() > mostPairs) {
        // Where only the blur of a fold is left, that is all there is to find.
        stop = cap() - pair.distance() <= 2 * blur() ? StopReason.COMPLETE : StopReason.LIMIT;
        return true;
      }
      return false;
    }

    private void offer(BoxPair pair) {
      if (pair.distance() <= cap()
          && !pair.isInBall(query, certifiedAtFirst)
          && !isExcluded(pair)) {
        open.add(pair);
      }
    }

    private boolean isExcluded(BoxPair pair) {
      return noise.isNone()
          ? tests.exclude(pair)
          : tests.exclude(pair, noise, Noise.norm(query.norm()));
    }

    /**
     * Newton's method from the pair, and from near the best collision: a nearer one lowers the cap.
     */
    private void look(BoxPair pair) {
      double[] w = query.isPinned() ? center : pair.second().at(fractions());
      if (!noise.isNone()) {
        Witness.confusedExactly(query, pair.first().at(fractions()), w)
            .filter(found -> found.radius() < cap())
            .ifPresent(found -> witness = Optional.of(found));
        return;
      }
      consider(pair.first().at(fractions()), w);
      if (witness.isPresent() && !query.isPinned()) {
        double reach = 2 * (cap() - pair.distance());
        consider(near(witness.get().x(), reach), near(witness.get().xPrime(), reach));
      }
    }

    /**
     * Boxes that shrink to a point shrink to a fold: there collisions are as near as doubles show.
     */
    private void lookAround(BoxPair pair) {
      if (!query.isPinned()) {
        double[] middle = new double[center.length];
        Arrays.fill(middle, 0.5);
        CollisionSearch.around(
                query,
                pair.first().at(middle),
                FOLD * Math.max(1, cap()),
                options.seed(),
                budget::isOver)
            .filter(found -> found.radius() < cap())
            .ifPresent(found -> witness = Optional.of(found));
      }
    }

    private double[] near(double[] point, double reach) {
      for (int i = 0; i < point.length; i++) {
        point[i] += reach * (2 * random.nextDouble() - 1);
      }
      return point;
    }

    private void consider(double[] start, double[] w) {
      Newton.preimage(query.f(), query.f().evaluate(w), start, budget::isOver)
          .flatMap(x -> Witness.replay(query, x, w))
          .filter(found -> found.radius() < cap())
          .ifPresent(found -> witness = Optional.of(found));
    }

    private double[] fractions() {
      return random.doubles(center.length).toArray();
    }

    private void publish() {
      OptionalDouble refuted =
          witness.map(w -> OptionalDouble.of(w.radius())).orElseGet(OptionalDouble::empty);
      listener.progress(
          new CertifyListener.Bracket(
              certified, refuted, Double.POSITIVE_INFINITY, pairs, budget.elapsed()));
    }

    private RadiusResult result(Note note) {
      Notes notes = new Notes();
      notes.add(note);
      Optional<Witness> refined = witness.map(w -> w.refined(query));
      if (refined.isPresent() && refined.get().radius() > query.maxRadius()) {
        notes.add(new Note.ExactlyBeyond(refined.get().radius()));
        refined = Optional.empty();
        stop = stop == StopReason.COMPLETE ? StopReason.LIMIT : stop;
      }
      double upper = refined.map(w -> w.below(query)).orElse(query.maxRadius());
      Proved proved = Proved.outright(Math.min(certified, upper));
      if (!options.parameters().isEmpty()) {
        notes.add(new Note.NoParameters(ID));
      }
      if (options.threads() > 1) {
        notes.add(new Note.OneThread(ID));
      }
      if (options.logSink().isPresent()) {
        notes.add(new Note.NoLog(ID));
      }
      Optional<Witness> found = refined.map(w -> w.inUnitsOf(asked));
      return RadiusResult.of(asked, proved)
          .witness(found)
          .by(ID, "interval arithmetic", ID)
          .terms(Terms.gap(options.tolerances().relativeGap()))
          .statistics(new Statistics(0, pairs, 0, 0, 0))
          .seconds(budget.seconds())
          .stop(stop)
          .notes(notes.all())
          .evidence(
              found
                  .flatMap(Witness::exact)
                  .map(exact -> Evidence.of(asked, proved.radius(), exact))
                  .orElseGet(Evidence::none))
          .build();
    }
  }
}
