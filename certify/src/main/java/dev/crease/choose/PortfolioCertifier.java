package dev.crease.choose;

import dev.crease.Cancellation;
import dev.crease.CreaseException;
import dev.crease.SolverFailure;
import dev.crease.Unsupported;
import dev.crease.certify.Certifier;
import dev.crease.certify.CertifyListener;
import dev.crease.certify.CertifyOptions;
import dev.crease.certify.Claim;
import dev.crease.certify.Evidence;
import dev.crease.certify.Note;
import dev.crease.certify.Proved;
import dev.crease.certify.RadiusResult;
import dev.crease.certify.StopReason;
import dev.crease.certify.Terms;
import dev.crease.certify.Verdict;
import dev.crease.question.Query;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Races several certifiers on one question: the first that decides stops the others; one that only
 * claims stops those that could do no more than that. Whatever they have is then compared: when one
 * certifies what another refutes, the answer is {@link StopReason#FAILED} with both in its notes,
 * never a choice between them; a claim that another refutes is dropped, and the notes say whose it
 * was. Otherwise the answer has the best of both ends and the best claim, whoever found it.
 */
public final class PortfolioCertifier implements Certifier {

  /** How long the losers may take to stop; what they still find is then not waited for. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final Duration YEAR = Duration.ofDays(365);

  private static final long TICK_MILLIS = 50;

  /** By so much a collision in doubles may lie too near, relative above 1. */
  private static final double BLUR = 1e-6;

  private final Duration patience;
  private final List<Certifier> members;

  /**
   * A race.
   *
   * @param members at least one, each with an id of its own
   */
  public PortfolioCertifier(List<Certifier> members) {
    this(members, PATIENCE);
  }

  /** With a patience of one's own, for tests. */
  PortfolioCertifier(List<Certifier> members, Duration patience) {
    this.patience = patience;
    if (members.isEmpty()
        || members.stream().map(Certifier::id).distinct().count() != members.size()) {
      throw new IllegalArgumentException("a portfolio needs members, each once, not " + members);
    }
    this.members = List.copyOf(members);
  }

  @Override
  public String id() {
    return members.stream().map(Certifier::id).collect(Collectors.joining(","));
  }

  /** The first refusal of a member: whoever names one expects it to run. */
  @Override
  public Optional<String> refusal(Query query, CertifyOptions options) {
    return members.stream()
        .map(m -> m.refusal(query, options))
        .flatMap(Optional::stream)
        .findFirst();
  }

  @Override
  public RadiusResult radius(Query query, CertifyOptions options, CertifyListener listener) {
    return race(
        query,
        options,
        listener,
        result -> result.stop() == StopReason.COMPLETE,
        (member, own, told) -> member.radius(query, own, told));
  }

  @Override
  public RadiusResult check(
      Query query, double radius, CertifyOptions options, CertifyListener listener) {
    return race(
        query,
        options,
        listener,
        result -> Certifier.verdict(result) != Verdict.UNDECIDED,
        (member, own, told) -> member.check(query, radius, own, told));
  }

  @Override
  public boolean answersNoise() {
    return members.stream().allMatch(Certifier::answersNoise);
  }

  @Override
  public boolean answersDomains() {
    return members.stream().allMatch(Certifier::answersDomains);
  }

  @Override
  public boolean answersWholeSpace() {
    return members.stream().allMatch(Certifier::answersWholeSpace);
  }

  @Override
  public boolean asksSolver() {
    return members.stream().allMatch(Certifier::asksSolver);
  }

  /** What is asked of each member. */
  private interface Question {
    RadiusResult ask(Certifier member, CertifyOptions options, CertifyListener listener);
  }

  /** How a member ended: with a result, or with why it has none. */
  private record Outcome(
      Certifier member, Optional<RadiusResult> result, Optional<RuntimeException> failure) {}

  private RadiusResult race(
      Query query,
      CertifyOptions options,
      CertifyListener listener,
      Predicate<RadiusResult> decides,
      Question question) {
    refusal(query, options)
        .ifPresent(
            why -> {
              throw new Unsupported(why);
            });
    BlockingQueue<Outcome> ended = new ArrayBlockingQueue<>(members.size());
    Cancellation stop = new Cancellation();
    Merged progress = new Merged(listener);
    try (Cancellation.Registration registration =
        options.limits().cancellation().onCancel(stop::cancel)) {
      for (Certifier member : members) {
        CertifyOptions.Builder own = options.toBuilder().cancellation(stop);
        options
            .logSink()
            .ifPresent(sink -> own.logSink(line -> sink.accept("[" + member.id() + "] " + line)));
        CertifyOptions ownOptions = own.build();
        Thread thread =
            new Thread(
                () -> ended.add(run(member, question, ownOptions, progress.of(member))),
                "crease-portfolio-" + member.id());
        thread.setDaemon(true);
        thread.start();
      }
      return collect(ended, stop, options, decides);
    } finally {
      stop.cancel();
      progress.close();
    }
  }

  private static Outcome run(
      Certifier member, Question question, CertifyOptions options, CertifyListener listener) {
    try {
      return new Outcome(
          member, Optional.of(question.ask(member, options, listener)), Optional.empty());
    } catch (CreaseException e) {
      return new Outcome(member, Optional.empty(), Optional.of(e));
    } catch (Throwable e) {
      // Whatever it is: somebody waits for an outcome.
      return new Outcome(
          member,
          Optional.empty(),
          Optional.of(new SolverFailure("solver " + member.id() + " failed: " + e, e)));
    }
  }

  private RadiusResult collect(
      BlockingQueue<Outcome> ended,
      Cancellation stop,
      CertifyOptions options,
      Predicate<RadiusResult> decides) {
    List<Outcome> outcomes = new ArrayList<>();
    Optional<RadiusResult> winner = Optional.empty();
    // The members keep the time limit themselves; whoever does not is not waited for.
    long deadline =
        options
            .limits()
            .time()
            .filter(limit -> limit.compareTo(YEAR) < 0)
            .map(limit -> System.nanoTime() + limit.plus(patience).toNanos())
            .orElse(System.nanoTime() + YEAR.toNanos());
    boolean stopped = false;
    boolean interrupted = false;
    while (outcomes.size() < members.size()) {
      if (!stopped && stop.isCancelled()) {
        stopped = true;
        deadline = Math.min(deadline, System.nanoTime() + patience.toNanos());
      }
      if (System.nanoTime() >= deadline) {
        break;
      }
      Outcome next;
      try {
        next = ended.poll(TICK_MILLIS, TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        // The members stop and say what they have.
        interrupted = true;
        stop.cancel();
        continue;
      }
      if (next == null) {
        continue;
      }
      outcomes.add(next);
      if (winner.isEmpty()) {
        winner = next.result().filter(decides);
        if (winner.isPresent() || isClaimed(outcomes)) {
          stop.cancel();
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return answer(outcomes, winner);
  }

  /** Whether there is a claim of an answer, and nobody is left who might do more than claim one. */
  private boolean isClaimed(List<Outcome> outcomes) {
    List<Certifier> back = outcomes.stream().map(Outcome::member).toList();
    return outcomes.stream()
            .flatMap(outcome -> outcome.result().stream())
            .anyMatch(result -> result.stop() == StopReason.CLAIMED)
        && members.stream().allMatch(member -> back.contains(member) || member.asksSolver());
  }

  private RadiusResult answer(List<Outcome> outcomes, Optional<RadiusResult> winner) {
    List<RadiusResult> results =
        outcomes.stream().map(Outcome::result).flatMap(Optional::stream).toList();
    if (outcomes.isEmpty()) {
      throw new SolverFailure("none of the portfolio " + id() + " came back in time");
    }
    if (results.isEmpty()) {
      throw outcomes.get(0).failure().orElseThrow();
    }
    for (RadiusResult claim : results) {
      for (RadiusResult other : results) {
        if (contradict(claim, other)) {
          return contradiction(claim, other);
        }
      }
    }
    RadiusResult decided = winner.orElseGet(() -> narrowest(results));
    List<Note> notes = new ArrayList<>(decided.notes());
    List<RadiusResult> left =
        results.stream().map(result -> withoutFalseClaim(result, results, notes)).toList();
    notes.add(
        winner.isPresent()
            ? new Note.Decided(id(), decided.engine())
            : new Note.Undecided(id(), decided.engine()));
    for (Outcome outcome : outcomes) {
      outcome.result().filter(r -> r != decided).map(PortfolioCertifier::had).ifPresent(notes::add);
      outcome
          .failure()
          .map(e -> new Note.MemberFailed(outcome.member().id(), String.valueOf(e.getMessage())))
          .ifPresent(notes::add);
    }
    if (outcomes.size() < members.size()) {
      notes.add(new Note.NotAllStopped());
    }
    return joined(left.get(results.indexOf(decided)), left, notes);
  }

  /** A result without its claim, where another one has a collision below that; says so. */
  private static RadiusResult withoutFalseClaim(
      RadiusResult result, List<RadiusResult> all, List<Note> notes) {
    if (result.claimed().isEmpty()) {
      return result;
    }
    Claim claim = result.claimed().get();
    for (RadiusResult other : all) {
      boolean isFalse =
          contradict(
              result.query(),
              claim.radius(),
              claim.terms(),
              claim.deltaIsRigorous() ? 0 : claim.delta(),
              other);
      if (isFalse) {
        notes.add(
            new Note.ClaimDropped(claim.engine(), String.valueOf(claim.radius()), upper(other)));
        return result.toBuilder()
            .claimed(Optional.empty())
            .stop(result.stop() == StopReason.CLAIMED ? StopReason.FAILED : result.stop())
            .build();
      }
    }
    return result;
  }

  /** The bracket with the best ends of all, and the best claim. */
  private static RadiusResult joined(
      RadiusResult decided, List<RadiusResult> results, List<Note> notes) {
    RadiusResult proof = decided;
    RadiusResult collision = decided;
    for (RadiusResult result : results) {
      proof = result.certified() > proof.certified() ? result : proof;
      collision = upper(result) < upper(collision) ? result : collision;
    }
    double below = collision.witness().map(w -> w.below(decided.query())).orElse(upper(collision));
    double most = Math.min(below, upper(collision));
    Proved proved = proof == collision ? proof.proved() : proof.proved().upTo(most);
    Optional<Claim> claimed =
        results.stream()
            .flatMap(result -> result.claimed().stream())
            .max(Comparator.comparingDouble(Claim::radius))
            .filter(claim -> Math.min(claim.radius(), most) > proved.radius())
            .map(claim -> claim.upTo(most));
    StopReason stop = stop(decided, results, claimed.isPresent());
    if (proof == decided && collision == decided) {
      return decided.toBuilder().claimed(claimed).stop(stop).notes(notes).build();
    }
    notes.add(new Note.Joined(proof.engine(), collision.engine()));
    return proof.toBuilder()
        .proved(proved)
        .claimed(claimed)
        .witness(collision.witness())
        .stop(stop)
        .notes(notes)
        .evidence(
            collision
                .evidence()
                .collision()
                .map(exact -> Evidence.of(decided.query(), proved.radius(), exact))
                .orElseGet(Evidence::none))
        .build();
  }

  /** Why it stopped: who claimed the answer did, unless a proof has come as far. */
  private static StopReason stop(
      RadiusResult decided, List<RadiusResult> results, boolean isBeyond) {
    boolean isClaimed = results.stream().anyMatch(r -> r.stop() == StopReason.CLAIMED);
    if (decided.stop() == StopReason.COMPLETE || !isClaimed) {
      return decided.stop();
    }
    return isBeyond ? StopReason.CLAIMED : StopReason.COMPLETE;
  }

  private static double upper(RadiusResult result) {
    return result.refuted().orElse(Double.POSITIVE_INFINITY);
  }

  private static RadiusResult narrowest(List<RadiusResult> results) {
    RadiusResult best = results.get(0);
    for (RadiusResult result : results) {
      double width = width(result);
      // Among brackets without an upper end the one that certifies most, or says most.
      boolean isMore =
          result.certified() > best.certified()
              || (result.certified() == best.certified() && result.said() > best.said());
      if (width < width(best) || (width == width(best) && isMore)) {
        best = result;
      }
    }
    return best;
  }

  private static double width(RadiusResult result) {
    return result.refuted().orElse(Double.POSITIVE_INFINITY) - result.certified();
  }

  /** Whether a result certifies a ball in which the other has a collision. */
  static boolean contradict(RadiusResult one, RadiusResult other) {
    double delta = one.deltaIsRigorous() ? 0 : one.delta();
    return contradict(one.query(), one.certified(), one.terms(), delta, other);
  }

  /** Whether a result has a collision in a ball that should have none. */
  private static boolean contradict(
      Query query, double lower, Terms terms, double delta, RadiusResult other) {
    if (other.refuted().isEmpty()) {
      return false;
    }
    double radius = other.refuted().getAsDouble();
    double tolerance =
        10 * Math.max(terms.tolerances().feasibility(), terms.tolerances().integrality());
    double blur = other.evidence().collision().isPresent() ? 0 : BLUR;
    double room = terms.pad() + Math.max(tolerance, blur) * Math.max(1, radius);
    boolean isLeftOut =
        query.g().isEmpty() && other.witness().map(w -> w.separation() < delta).orElse(true);
    // Pairs nearer than delta are left out of a claim; by more than that it must not be off.
    return lower > radius + room + (isLeftOut ? delta : 0);
  }

  private static RadiusResult contradiction(RadiusResult claim, RadiusResult other) {
    return other.toBuilder()
        .proved(Proved.nothing(other.assurance()))
        .stop(StopReason.FAILED)
        .notes(List.of(new Note.Contradiction(had(claim), had(other))))
        .evidence(Evidence.none())
        .build();
  }

  private static Note.Had had(RadiusResult r) {
    OptionalDouble claimed =
        r.claimed().map(c -> OptionalDouble.of(c.radius())).orElseGet(OptionalDouble::empty);
    return new Note.Had(r.engine(), r.certified(), claimed, r.refuted(), r.stop());
  }

  /** One progress out of several: the best ends so far, and the nodes of all. */
  private static final class Merged {
    private final CertifyListener listener;
    private final Map<String, CertifyListener.Bracket> latest = new HashMap<>();
    private boolean open = true;

    Merged(CertifyListener listener) {
      this.listener = listener;
    }

    CertifyListener of(Certifier member) {
      return bracket -> tell(member.id(), bracket);
    }

    private synchronized void tell(String id, CertifyListener.Bracket bracket) {
      if (!open) {
        return;
      }
      latest.put(id, bracket);
      double certified = 0;
      double claimed = 0;
      double refuted = Double.POSITIVE_INFINITY;
      double gap = Double.POSITIVE_INFINITY;
      long nodes = 0;
      for (CertifyListener.Bracket each : latest.values()) {
        certified = Math.max(certified, each.certified());
        claimed = Math.max(claimed, each.claimed().orElse(0));
        refuted = Math.min(refuted, each.refuted().orElse(Double.POSITIVE_INFINITY));
        gap = Math.min(gap, each.gap());
        nodes += each.nodes();
      }
      certified = Math.min(certified, refuted);
      claimed = Math.min(claimed, refuted);
      listener.progress(
          new CertifyListener.Bracket(
              certified,
              claimed > certified ? OptionalDouble.of(claimed) : OptionalDouble.empty(),
              refuted == Double.POSITIVE_INFINITY
                  ? OptionalDouble.empty()
                  : OptionalDouble.of(refuted),
              gap,
              nodes,
              bracket.elapsed()));
    }

    synchronized void close() {
      open = false;
    }
  }
}
