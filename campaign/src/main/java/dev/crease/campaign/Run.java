package dev.crease.campaign;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import dev.crease.certify.Claim;
import dev.crease.certify.RadiusResult;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * A line of a campaign's file: one cell, and what came of it. The components are the names in the
 * JSON, in their order; what is empty is not written, but for the message.
 *
 * @param kind {@value #KIND}
 * @param cell unique in a campaign
 * @param instance what was asked
 * @param family of the instance
 * @param inputs number of inputs of the network
 * @param neurons number of ReLUs
 * @param problem label of the problem
 * @param norm label of the norm
 * @param backend what answered, as the next four
 * @param strategy the strategy
 * @param encoding the ReLU encoding
 * @param bounds how neurons are bounded
 * @param threads threads
 * @param seed of the solver, and of the search for collisions
 * @param repeat how often it has been answered with this seed
 * @param slope how steep the network is, where it was made to be steep
 * @param outcome what became of it
 * @param seconds wall-clock time
 * @param certified no collision is nearer: proved
 * @param claimed what a solver says beyond that, where it says more
 * @param refuted a collision is as near as this
 * @param assurance the name of what is certified rests on
 * @param stop the name of why it stopped
 * @param delta separation below which collisions are not looked for: of the claim, if there is one
 * @param deltaIsRigorous whether leaving those out leaves out nothing
 * @param feasibility the solver's tolerance, where its word counts
 * @param nodes of the search
 * @param models that were solved
 * @param truth the true radius
 * @param truthSource where that is known from
 * @param message why, where that is not plain
 */
@JsonAutoDetect(isGetterVisibility = JsonAutoDetect.Visibility.NONE)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Run(
    String kind,
    @JsonDeserialize(using = RawLines.RequiredText.class) String cell,
    @JsonDeserialize(using = RawLines.RequiredText.class) String instance,
    @JsonDeserialize(using = RawLines.RequiredText.class) String family,
    OptionalLong inputs,
    OptionalLong neurons,
    String problem,
    String norm,
    @JsonDeserialize(using = RawLines.RequiredText.class) String backend,
    String strategy,
    String encoding,
    String bounds,
    OptionalLong threads,
    OptionalLong seed,
    OptionalLong repeat,
    OptionalDouble slope,
    Outcome outcome,
    @JsonDeserialize(using = RawLines.Seconds.class) OptionalDouble seconds,
    OptionalDouble certified,
    OptionalDouble claimed,
    OptionalDouble refuted,
    String assurance,
    String stop,
    OptionalDouble delta,
    Optional<Boolean> deltaIsRigorous,
    OptionalDouble feasibility,
    OptionalLong nodes,
    OptionalLong models,
    OptionalDouble truth,
    String truthSource,
    @JsonInclude(JsonInclude.Include.ALWAYS) String message)
    implements Score.Timed, SpikeScore.Spike {

  /** What {@code kind} is. */
  public static final String KIND = "run";

  private static final int MOST_MESSAGE = 1000;

  /** Clocks and caches decide below a millisecond, and ratios of such times say nothing. */
  private static final double SHORTEST = 1e-3;

  /** That of an answer. */
  public static Run of(Cell cell, Optional<Truth> truth, CellRun.Answer answer) {
    Instance instance = cell.instance();
    Configuration configuration = cell.configuration();
    Optional<RadiusResult> result = answer.result();
    Optional<Claim> claim = result.flatMap(RadiusResult::claimed);
    return new Run(
        KIND,
        cell.id(),
        instance.id(),
        instance.family().label(),
        OptionalLong.of(instance.inputs()),
        OptionalLong.of(instance.neurons()),
        instance.query().problem().label(),
        instance.query().norm().label(),
        configuration.backend(),
        configuration.strategy(),
        configuration.encoding(),
        configuration.bounds(),
        OptionalLong.of(configuration.threads()),
        OptionalLong.of(cell.seed()),
        OptionalLong.of(cell.repeat()),
        instance.slope(),
        answer.judgement().outcome(),
        OptionalDouble.of(answer.seconds()),
        number(result.map(RadiusResult::certified)),
        number(claim.map(Claim::radius)),
        result.map(RadiusResult::refuted).orElse(OptionalDouble.empty()),
        result.map(r -> r.assurance().name()).orElse(""),
        result.map(r -> r.stop().name()).orElse(""),
        number(claim.map(Claim::delta).or(() -> result.map(RadiusResult::delta))),
        claim.map(Claim::deltaIsRigorous).or(() -> result.map(RadiusResult::deltaIsRigorous)),
        number(
            claim
                .map(Claim::terms)
                .or(() -> result.map(RadiusResult::terms))
                .map(terms -> terms.tolerances().feasibility())),
        whole(result.map(r -> r.statistics().nodes())),
        whole(result.map(r -> (long) r.statistics().models())),
        number(truth.map(Truth::radius)),
        truth.map(Truth::source).orElse(""),
        oneLine(answer.judgement().message()));
  }

  private static OptionalDouble number(Optional<Double> value) {
    return value.map(OptionalDouble::of).orElse(OptionalDouble.empty());
  }

  private static OptionalLong whole(Optional<Long> value) {
    return value.map(OptionalLong::of).orElse(OptionalLong.empty());
  }

  private static String oneLine(String message) {
    String text = message == null ? "" : message.strip().replaceAll("\\s*\\R\\s*", " ");
    return text.length() <= MOST_MESSAGE ? text : text.substring(0, MOST_MESSAGE) + "...";
  }

  /** The same with another outcome. */
  public Run judged(Outcome other) {
    return new Run(
        kind,
        cell,
        instance,
        family,
        inputs,
        neurons,
        problem,
        norm,
        backend,
        strategy,
        encoding,
        bounds,
        threads,
        seed,
        repeat,
        slope,
        other,
        seconds,
        certified,
        claimed,
        refuted,
        assurance,
        stop,
        delta,
        deltaIsRigorous,
        feasibility,
        nodes,
        models,
        truth,
        truthSource,
        message);
  }

  /** What was asked to answer; with 0 threads if the line does not tell. */
  public Configuration configuration() {
    int known = (int) Math.min(Integer.MAX_VALUE, threads.orElse(0));
    return new Configuration(backend, strategy, encoding, bounds, known);
  }

  /** Whether it counts as solved, by proof or by claim. */
  public boolean isSolved() {
    return outcome.isSolved();
  }

  /** Whether it was solved, with the solver or without. */
  public boolean isAnswered() {
    return outcome.isAnswered();
  }

  @Override
  public String round() {
    return seed.orElse(1) + "." + repeat.orElse(1);
  }

  /** How far it is said that nothing collides, by proof or by claim. */
  public OptionalDouble said() {
    return claimed.isPresent() ? claimed : certified;
  }

  /**
   * By how much more than the truth is certified or claimed, relative to it; empty where it is not
   * more.
   */
  public OptionalDouble excess() {
    if (said().isEmpty() || truth.isEmpty()) {
      return OptionalDouble.empty();
    }
    double excess = said().getAsDouble() / truth.getAsDouble() - 1;
    return excess > 0 ? OptionalDouble.of(excess) : OptionalDouble.empty();
  }

  /** Whether it is wrong by what was proved or found here, and not by a solver's claim alone. */
  public boolean isFault() {
    boolean isClaim =
        claimed.isPresent()
            && certified.orElse(0) <= truth.orElse(0)
            && truth.orElse(0) < claimed.getAsDouble();
    return outcome == Outcome.WRONG && !isClaim;
  }

  /** The seconds of a solved run, at least a millisecond. */
  public double time() {
    return Math.max(SHORTEST, seconds.orElseThrow());
  }
}
