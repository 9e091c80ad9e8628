package dev.crease.engine.regions;

import dev.crease.Unsupported;
import dev.crease.bounds.Interval;
import dev.crease.bounds.Norm;
import dev.crease.certify.Budget;
import dev.crease.certify.Certifier;
import dev.crease.certify.CertifyListener;
import dev.crease.certify.CertifyOptions;
import dev.crease.certify.Cover;
import dev.crease.certify.Evidence;
import dev.crease.certify.LipschitzBound;
import dev.crease.certify.LipschitzResult;
import dev.crease.certify.Note;
import dev.crease.certify.Notes;
import dev.crease.certify.Proved;
import dev.crease.certify.RadiusResult;
import dev.crease.certify.SpreadBound;
import dev.crease.certify.SpreadResult;
import dev.crease.certify.Statistics;
import dev.crease.certify.StopReason;
import dev.crease.certify.Terms;
import dev.crease.engine.regions.whole.Enumeration;
import dev.crease.engine.regions.whole.WholeSpace;
import dev.crease.question.Problem;
import dev.crease.question.Query;
import dev.crease.witness.ExactCollision;
import dev.crease.witness.ExactRadius;
import dev.crease.witness.Witness;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.hipparchus.fraction.BigFraction;

/**
 * Answers by walking the linear regions outwards from the centre, exactly: no tolerance, no
 * separation, and the radius as a rational number or the root of one. For networks of few inputs.
 */
public final class RegionsCertifier implements Certifier {

  /** The id by which configuration selects it. */
  public static final String ID = "regions";

  private static final int MOST_INPUTS = 6;

  /** Beyond it sums and products of coordinates come near to the end of the doubles. */
  private static final double MOST_SIZE = 1e150;

  /** Further than this, by the size of the centre, is looked in steps, each the square. */
  private static final double FIRST_LOOK = 1e4;

  /** Up to so many inputs regions are few enough to be the first choice. */
  private static final int QUICK_INPUTS = 3;

  /** A pair of doubles is looked for among collisions up to {@code 2^-k} of the way. */
  private static final int SMALLEST_STEP = 40;

  private static final double LEAST_SEPARATION = 1e-7;

  private static final double ON_THE_BORDER = 1e-12;

  /** A creator of the certifier. */
  public RegionsCertifier() {}

  @Override
  public String id() {
    return ID;
  }

  @Override
  public Optional<String> refusal(Query query, CertifyOptions options) {
    int inputs = query.f().inputs();
    if (query.isOnWholeSpace() && inputs > QUICK_INPUTS) {
      return Optional.of(
          String.format(
              Locale.ROOT,
              "certifier %s answers for the whole space in up to %d inputs, and %s has %d;"
                  + " fix some of them, or give a finite radius",
              ID,
              QUICK_INPUTS,
              query.f().name(),
              inputs));
    }
    if (inputs > MOST_INPUTS) {
      return Optional.of(
          String.format(
              Locale.ROOT,
              "certifier %s is for up to %d inputs, and %s has %d; choose a solver",
              ID,
              MOST_INPUTS,
              query.f().name(),
              inputs));
    }
    double size = 0;
    for (double coordinate : query.center()) {
      size = Math.max(size, Math.abs(coordinate));
    }
    for (Interval interval : query.shared().values()) {
      size = Math.max(size, Math.max(Math.abs(interval.lower()), Math.abs(interval.upper())));
    }
    return size > MOST_SIZE
        ? Optional.of(
            String.format(
                Locale.ROOT,
                "certifier %s is for centres and shared inputs up to %s, and here is %s;"
                    + " scale the inputs",
                ID,
                MOST_SIZE,
                size))
        : Optional.empty();
  }

  @Override
  public Optional<String> suits(Query query) {
    return query.f().inputs() <= QUICK_INPUTS
        ? Optional.of("up to three inputs, where geometry is exact and quick")
        : Optional.empty();
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
  public boolean answersWholeSpace() {
    return true;
  }

  @Override
  public String about() {
    return "no solver: exact geometry on the linear regions, for up to six inputs, best for two";
  }

  @Override
  public RadiusResult radius(Query query, CertifyOptions options, CertifyListener listener) {
    return answer(query, options, listener, false);
  }

  @Override
  public RadiusResult check(
      Query query, double radius, CertifyOptions options, CertifyListener listener) {
    return answer(query.upTo(radius), options, listener, true);
  }

  @Override
  public SpreadResult spread(
      Query query, double radius, CertifyOptions options, CertifyListener listener) {
    Query upTo = query.upTo(radius);
    if (radius > MOST_SIZE) {
      throw new Unsupported(
          String.format(Locale.ROOT, "certifier %s brackets no spread beyond %s", ID, MOST_SIZE));
    }
    refusal(upTo, options)
        .ifPresent(
            why -> {
              throw new Unsupported(why);
            });
    Norm norm = query.norm() == Norm.L2 ? Norm.LINF : query.norm();
    SpreadSearch search = new SpreadSearch(new Question(upTo), norm, options, listener);
    search.run();
    Notes notes = new Notes();
    notes.add(new Note.Regions(search.regions(), search.solved()));
    unused(options).ifPresent(notes::add);
    if (norm != query.norm()) {
      notes.add(new Note.DifferenceInLinf());
    }
    double most = Math.min(search.most(), SpreadBound.of(upTo, norm));
    return new SpreadResult(
        upTo,
        norm,
        Math.min(search.least(), most),
        most,
        OptionalDouble.empty(),
        search.collision().flatMap(c -> witness(upTo, c)),
        ID,
        "rational arithmetic",
        Terms.none(),
        search.seconds(),
        search.stop(),
        notes.all());
  }

  @Override
  public LipschitzResult lipschitz(
      Query query, double radius, CertifyOptions options, CertifyListener listener) {
    Certifier.refuseParts(query);
    Query upTo = query.upTo(radius);
    refusal(upTo, options)
        .ifPresent(
            why -> {
              throw new Unsupported(why);
            });
    if (query.dimension() > QUICK_INPUTS) {
      return LipschitzBound.of(
          upTo,
          options,
          String.format(
              Locale.ROOT,
              "certifier %s brackets Lipschitz constants for up to %d inputs, and here are %d",
              ID,
              QUICK_INPUTS,
              query.dimension()));
    }
    if (radius > MOST_SIZE) {
      throw new Unsupported(
          String.format(
              Locale.ROOT, "certifier %s brackets no constants beyond %s", ID, MOST_SIZE));
    }
    return new LipschitzAnswer(upTo, options, listener).result();
  }

  private RadiusResult answer(
      Query query, CertifyOptions options, CertifyListener listener, boolean firstCollisionEnds) {
    refusal(query, options)
        .ifPresent(
            why -> {
              throw new Unsupported(why);
            });
    if (!query.noise().isNone()) {
      return withNoise(query, options, listener);
    }
    if (query.isOnWholeSpace()) {
      return onWholeSpace(query, options, listener, firstCollisionEnds);
    }
    return answer(query, query.maxRadius(), options, listener, firstCollisionEnds);
  }

  private static RadiusResult onWholeSpace(
      Query query, CertifyOptions options, CertifyListener listener, boolean firstCollisionEnds) {
    Budget budget = Budget.of(options);
    WholeSpace whole = Enumeration.of(query, budget, listener, options.cover());
    if (whole instanceof WholeSpace.OneToOne proved) {
      Notes notes = new Notes();
      notes.add(new Note.WholeSpace(proved.regions(), proved.sign()));
      unused(options).ifPresent(notes::add);
      Evidence none = Evidence.none();
      return RadiusResult.of(query, Proved.exact(Double.POSITIVE_INFINITY))
          .by(ID, "rational arithmetic", ID)
          .statistics(new Statistics(0, proved.regions(), 0, 0, 0))
          .seconds(budget.seconds())
          .notes(notes.all())
          .evidence(proved.proof().map(none::with).orElse(none))
          .build();
    }
    CertifyOptions.Builder rest = options.toBuilder();
    budget.remaining().ifPresent(rest::timeLimit);
    double most = whole instanceof WholeSpace.Fails f ? f.radius() : MOST_SIZE;
    RadiusResult result = answer(query, most, rest.build(), listener, firstCollisionEnds);
    Notes notes = new Notes();
    notes.add(
        whole instanceof WholeSpace.Fails f
            ? new Note.NotOnWholeSpace(f.why())
            : new Note.WholeSpaceUndecided(whole.regions()));
    result.notes().forEach(notes::add);
    boolean isOpen = result.stop() == StopReason.COMPLETE && !result.isRefuted();
    StopReason stop =
        !isOpen
            ? result.stop()
            : whole instanceof WholeSpace.Stopped s ? s.reason() : StopReason.LIMIT;
    return result.toBuilder().notes(notes.all()).stop(stop).seconds(budget.seconds()).build();
  }

  /** Answers up to a radius, which is that of the question unless it is about the whole space. */
  private static RadiusResult answer(
      Query query,
      double limit,
      CertifyOptions options,
      CertifyListener listener,
      boolean firstCollisionEnds) {
    long start = System.nanoTime();
    Budget budget = Budget.of(options);
    double most = limit;
    double far = firstLook(query, most);
    double before = 0;
    Question question = new Question(query.upTo(far));
    RadiusSearch search = new RadiusSearch(question, options, listener, firstCollisionEnds);
    search.run();
    Notes notes = new Notes();
    boolean isAll = false;
    if (far < most
        && search.stop() == StopReason.COMPLETE
        && search.collision().isEmpty()
        && !query.isOnWholeSpace()
        && suitsWholeSpace(query)) {
      // Far away cells are no larger than near ones there, and their vertices no less exact.
      WholeSpace whole =
          Enumeration.of(query, budget, from(search.certified(), budget, listener), false);
      if (whole instanceof WholeSpace.OneToOne all) {
        isAll = true;
        before = most;
        notes.add(new Note.WholeSpace(all.regions(), all.sign()));
      } else if (whole instanceof WholeSpace.Fails fails) {
        most = Math.min(most, fails.radius());
      }
    }
    while (!isAll
        && far < Math.min(most, MOST_SIZE)
        && search.stop() == StopReason.COMPLETE
        && search.collision().isEmpty()) {
      before = search.certified();
      far = Math.min(Math.min(most, MOST_SIZE), far * far);
      question = new Question(query.upTo(far));
      CertifyOptions.Builder rest = options.toBuilder();
      budget.remaining().ifPresent(rest::timeLimit);
      search =
          new RadiusSearch(
              question, rest.build(), from(before, budget, listener), firstCollisionEnds);
      search.run();
    }
    notes.add(new Note.Regions(search.regions(), search.pairsSolved()));
    if (search.stop() == StopReason.FAILED) {
      notes.add(new Note.Bug("the orientation changes but no collision was found"));
    }
    unused(options).ifPresent(notes::add);
    StopReason stop = search.stop();
    boolean isShort = !isAll && most > MOST_SIZE && search.collision().isEmpty();
    if (isShort && stop == StopReason.COMPLETE) {
      stop = StopReason.LIMIT;
      notes.add(new Note.NotFurther(MOST_SIZE));
    }
    if (isRadiusOfFew(query, firstCollisionEnds) && search.certified() >= before) {
      Magnification.of(question, search.leaves(), search.certified())
          .ifPresent(times -> notes.add(new Note.Magnified(times, query.norm())));
    }
    Optional<ExactRadius> radius = search.exact();
    double certified = Math.max(before, search.certified());
    Optional<ExactCollision> collision = search.collision();
    Optional<Witness> witness = collision.flatMap(c -> witness(query, c));
    Optional<Cover> cover = Optional.empty();
    if (options.cover() && certified > 0) {
      if (isAll) {
        question = new Question(query.upTo(Math.min(most, MOST_SIZE)));
      }
      Optional<String> why =
          certified > MOST_SIZE
              ? Optional.of("the ball is too large")
              : CoverBuilder.refusal(question);
      why.map(Note.NoCover::new).ifPresent(notes::add);
      if (why.isEmpty()) {
        cover =
            new CoverBuilder(question, options.limits().cancellation())
                .cover(certified, search.collision());
        if (cover.isEmpty()) {
          notes.add(new Note.NoCover("it would take too many regions"));
        }
      }
    }
    return RadiusResult.of(query, Proved.exact(certified))
        .witness(witness)
        .by(ID, "rational arithmetic", ID)
        .statistics(new Statistics(0, search.regions(), 0, 0, 0))
        .seconds((System.nanoTime() - start) / 1e9)
        .stop(stop)
        .notes(notes.all())
        .evidence(new Evidence(radius, collision, cover))
        .build();
  }

  private static RadiusResult withNoise(
      Query query, CertifyOptions options, CertifyListener listener) {
    long start = System.nanoTime();
    Budget budget = Budget.of(options);
    double most = Math.min(query.maxRadius(), MOST_SIZE);
    double far = firstLook(query, most);
    double before = 0;
    NoiseSearch search = new NoiseSearch(new Question(query.upTo(far)), options, listener);
    search.run();
    while (far < most && search.stop() == StopReason.COMPLETE && search.pair().isEmpty()) {
      before = search.certified();
      far = Math.min(most, far * far);
      CertifyOptions.Builder rest = options.toBuilder();
      budget.remaining().ifPresent(rest::timeLimit);
      search =
          new NoiseSearch(
              new Question(query.upTo(far)), rest.build(), from(before, budget, listener));
      search.run();
    }
    Notes notes = new Notes();
    notes.add(new Note.Regions(search.regions(), search.solved()));
    unused(options).ifPresent(notes::add);
    if (options.cover()) {
      notes.add(new Note.NoCover("the question is one with noise"));
    }
    if (query.norm() == Norm.L2) {
      notes.add(new Note.DifferenceInLinf());
    }
    StopReason stop = search.stop();
    if (far < query.maxRadius() && search.pair().isEmpty() && stop == StopReason.COMPLETE) {
      stop = StopReason.LIMIT;
      notes.add(new Note.NotFurther(MOST_SIZE));
    }
    Optional<ExactCollision> pair = search.pair();
    return RadiusResult.of(query, Proved.exact(Math.max(before, search.certified())))
        .witness(pair.flatMap(c -> witness(query, c)))
        .by(ID, "rational arithmetic", ID)
        .statistics(new Statistics(0, search.regions(), 0, 0, 0))
        .seconds((System.nanoTime() - start) / 1e9)
        .stop(stop)
        .notes(notes.all())
        .evidence(new Evidence(search.exact(), pair, Optional.empty()))
        .build();
  }

  private static boolean isRadiusOfFew(Query query, boolean firstCollisionEnds) {
    return !firstCollisionEnds
        && query.domain().isEmpty()
        && query.problem() == Problem.LOCAL
        && query.dimension() <= QUICK_INPUTS;
  }

  private static boolean suitsWholeSpace(Query query) {
    return query.problem() == Problem.LOCAL
        && query.f().inputs() <= QUICK_INPUTS
        && query.f().inputs() == query.f().outputs()
        && query.shared().isEmpty()
        && query.domain().isEmpty();
  }

  /** Tells of a search after one that certified so much. */
  private static CertifyListener from(double before, Budget budget, CertifyListener listener) {
    return b ->
        listener.progress(
            new CertifyListener.Bracket(
                Math.max(before, b.certified()),
                b.claimed(),
                b.refuted(),
                b.gap(),
                b.nodes(),
                budget.elapsed()));
  }

  /**
   * How far to look first: what is computed in doubles is of no use by the size of the largest
   * coordinate, which a largest radius beyond all measure makes as large.
   */
  private static double firstLook(Query query, double most) {
    double size = 1;
    for (double coordinate : query.center()) {
      size = Math.max(size, Math.abs(coordinate));
    }
    return Math.min(Math.min(most, MOST_SIZE), FIRST_LOOK * size);
  }

  static Optional<Note> unused(CertifyOptions options) {
    List<String> unused = new ArrayList<>();
    if (!options.parameters().isEmpty()) {
      unused.add("parameters");
    }
    if (options.threads() > 1) {
      unused.add("more than one thread");
    }
    if (options.logSink().isPresent()) {
      unused.add("a log");
    }
    return unused.isEmpty()
        ? Optional.empty()
        : Optional.of(new Note.Unused(ID, String.join(", ", unused)));
  }

  /** The nearest of the collisions that survives being rounded to doubles. */
  static Optional<Witness> witness(Query query, ExactCollision collision) {
    if (!query.noise().isNone()) {
      // A little on the way, which rounding does not hide; on the border a last bit beyond.
      BigFraction t = new BigFraction(BigInteger.ONE, BigInteger.ONE.shiftLeft(SMALLEST_STEP));
      return Witness.replay(query, doubles(collision.first(t)), doubles(collision.second(t)))
          .filter(w -> w.radius() <= query.maxRadius() * (1 + ON_THE_BORDER));
    }
    for (int k = SMALLEST_STEP; k >= 0; k--) {
      BigFraction t = new BigFraction(BigInteger.ONE, BigInteger.ONE.shiftLeft(k));
      Optional<Witness> found =
          Witness.replay(query, doubles(collision.first(t)), doubles(collision.second(t)))
              .filter(w -> w.separation() >= LEAST_SEPARATION || collision.isAttained())
              .filter(w -> w.radius() <= query.maxRadius());
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private static double[] doubles(List<BigFraction> point) {
    return point.stream().mapToDouble(Rationals::nearest).toArray();
  }
}
