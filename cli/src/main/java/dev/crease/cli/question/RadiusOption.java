package dev.crease.cli.question;

import dev.crease.BadInput;
import dev.crease.cli.session.Reach;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The flag that names the one radius that is asked about. */
final class RadiusOption {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--radius",
      paramLabel = "R",
      converter = Reach.class,
      description =
          "The radius; 1, the whole, where --domain is given. For `crease check local` inf is the"
              + " whole space: as many outputs as inputs, up to three.")
  private Optional<Double> radius = Optional.empty();

  /**
   * The radius.
   *
   * @param isWhole whether there is a domain, of which all is meant
   * @throws ParameterException if there is none
   * @throws BadInput if it is not positive and finite
   */
  double value(boolean isWhole) {
    double value = reach(isWhole);
    if (Double.isInfinite(value)) {
      throw new BadInput("--radius inf is for `crease check local`; give a number");
    }
    return value;
  }

  /**
   * The radius, infinite for the whole space.
   *
   * @param isWhole whether there is a domain, of which all is meant
   * @throws ParameterException if there is none
   * @throws BadInput if it is not positive
   */
  double reach(boolean isWhole) {
    if (radius.isEmpty() && !isWhole) {
      throw new ParameterException(spec.commandLine(), "Missing required option: '--radius=R'");
    }
    double value = radius.orElse(1.0);
    if (!(value > 0)) {
      throw new BadInput("--radius " + value + " is not a positive number");
    }
    if (isWhole && value > 1) {
      throw new BadInput(
          "--radius "
              + (Double.isInfinite(value) ? "inf" : String.valueOf(value))
              + " is beyond the domain, whose radius is 1");
    }
    return value;
  }
}
