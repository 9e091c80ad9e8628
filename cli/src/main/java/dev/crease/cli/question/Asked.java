package dev.crease.cli.question;

import dev.crease.BadInput;
import dev.crease.bounds.Interval;
import dev.crease.certificate.Preparation;
import dev.crease.cli.output.Numbers;
import dev.crease.network.NetworkHash;
import dev.crease.network.ReluNetwork;
import dev.crease.question.Noise;
import dev.crease.question.Problem;
import dev.crease.question.Query;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A question as the command line put it.
 *
 * @param query the question, about prepared networks
 * @param preparation how the networks in the files became those of the question
 * @param shared the intervals of the shared inputs, by their indices in the file
 * @param sources the networks in the files, {@code --other} last
 * @param notes what else is to be known; grows
 */
public record Asked(
    Query query,
    Preparation preparation,
    Map<Integer, Interval> shared,
    List<Source> sources,
    List<String> notes) {

  private static final int HASH_DIGITS = 16;

  /** A network as it is in a file. */
  public record Source(Path file, ReluNetwork network) {

    /** Tells networks apart, whatever their files are called. */
    public String hash() {
      return NetworkHash.sha256(network);
    }

    /** Where it is, for people. */
    public String where() {
      return file + ", network hash " + hash().substring(0, HASH_DIGITS);
    }
  }

  /**
   * Noise moves states, however little it is: of a radius it must be said how far it may.
   *
   * @throws BadInput if it is not
   */
  public void refuseBareNoise() {
    if (query.noise().eps() > 0 && query.noise().within() == 0) {
      throw new BadInput("--noise needs --within DELTA: how far apart it may leave two states");
    }
  }

  /** The question in a line, such as {@code local invertibility of f at (1, 2), norm inf}. */
  String title() {
    return what(query)
        + " at "
        + Numbers.point(query.units().center())
        + inNorm(query)
        + prepared(preparation, shared);
  }

  /** The question without its centre, such as {@code local invertibility of f, norm inf}. */
  public String titleAnywhere() {
    return what(query) + inNorm(query) + prepared(preparation, shared);
  }

  static String inNorm(Query query) {
    String scale =
        query.units().isScaled() ? ", scale " + Numbers.point(query.units().scale()) : "";
    return ", norm " + query.norm() + scale + inNoise(query.noise()) + inDomain(query);
  }

  private static String inDomain(Query query) {
    return query.domain().map(box -> ", in " + DomainArgument.of(box).box()).orElse("");
  }

  private static String inNoise(Noise noise) {
    return (noise.eps() > 0 ? ", noise " + Numbers.plain(noise.eps()) : "")
        + (noise.within() > 0 ? ", within " + Numbers.plain(noise.within()) : "");
  }

  private static String what(Query query) {
    return switch (query.problem()) {
      case LOCAL -> "local invertibility of " + query.f().name();
      case PSEUDO -> "pseudo-invertibility of " + query.f().name();
      case TRANSFORMATION ->
          "transformation from " + query.f().name() + " to " + query.g().orElseThrow().name();
    };
  }

  /** What was made of the networks, each with a comma before it: {@code , x2 = 2.1}. */
  static String prepared(Preparation preparation, Map<Integer, Interval> shared) {
    List<String> texts = new ArrayList<>();
    preparation.fixed().forEach((i, value) -> texts.add("x" + i + " = " + Numbers.plain(value)));
    shared.forEach(
        (i, range) ->
            texts.add(
                "x"
                    + i
                    + " shared in ["
                    + Numbers.plain(range.lower())
                    + ", "
                    + Numbers.plain(range.upper())
                    + "]"));
    if (preparation.steps() != 1) {
      texts.add(preparation.steps() + " steps");
    }
    if (!preparation.outputs().isEmpty()) {
      texts.add(
          preparation.outputs().stream()
              .map(i -> "f" + i)
              .collect(Collectors.joining(" and ", "only ", "")));
    }
    return texts.stream().map(text -> ", " + text).collect(Collectors.joining());
  }

  /** Why no ball can be one-to-one, if that is plain from the shape. */
  public Optional<String> hopeless() {
    int inputs = query.dimension();
    int outputs = query.f().outputs();
    return query.problem() == Problem.LOCAL && inputs > outputs
        ? Optional.of(
            "more inputs (%d) than outputs (%d): nowhere one-to-one; use --fix or --share"
                .formatted(inputs, outputs))
        : Optional.empty();
  }
}
