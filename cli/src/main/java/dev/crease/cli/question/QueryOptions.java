package dev.crease.cli.question;

import dev.crease.BadInput;
import dev.crease.bounds.Norm;
import dev.crease.certify.RadiusResult;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The flags that say what is asked, and where. */
final class QueryOptions {

  @Mixin private QuestionOptions question;

  @Option(
      names = "--center",
      split = ",",
      paramLabel = "X",
      description =
          "The operating point: one number for each input that is neither fixed nor shared.")
  private double[] center = {};

  @Option(
      names = "--domain",
      split = ",",
      paramLabel = "LO:HI",
      description =
          "A box, one side for each such input. With --center it cuts the ball. Without, the radius"
              + " 1 is the whole of it, a smaller one the box shrunk towards its middle; norm inf."
              + " The word sidecar takes the ranges of the training data from the JSON file beside"
              + " the network.")
  private List<String> domain = List.of();

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  /**
   * Whether what refutes a whole box is in it: where no double is its middle the ball is larger by
   * the last bit, and what collides may be there.
   */
  boolean isInside(RadiusResult result) {
    DomainArgument box = box();
    return box.isExact()
        || result
            .evidence()
            .collision()
            .map(c -> c.in(result.query().units()))
            .filter(c -> box.holds(c, result.query().units().places()))
            .isPresent();
  }

  private DomainArgument box() {
    return question.box(domain);
  }

  /** Whether it is about a whole box: then the radius is 1 if none is given. */
  boolean isWhole() {
    return !domain.isEmpty() && center.length == 0;
  }

  /** The flags about the network. */
  NetworkOptions network() {
    return question.network();
  }

  /**
   * Reads the files and puts the question together.
   *
   * @throws ParameterException if {@code --other} is missing, or there for nothing
   * @throws BadInput if a file or a value does not fit
   */
  Asked read(Norm norm, double maxRadius) {
    if (center.length == 0 && domain.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "where? --center X,... is a point, --domain LO:HI,... a box");
    }
    if (domain.isEmpty()) {
      return question.read(norm, maxRadius).at(center.clone());
    }
    if (center.length > 0) {
      Question around = question.read(norm, maxRadius);
      return around.in(box().sides()).at(center.clone());
    }
    if (norm != Norm.LINF) {
      throw new BadInput("--domain is a box, the ball of norm inf: leave out --norm " + norm);
    }
    DomainArgument box = box();
    Question whole = question.read(norm, Math.min(maxRadius, 1)).over(box.scale());
    Asked asked = whole.at(box.center());
    asked.notes().add(box.note());
    return asked;
  }
}
