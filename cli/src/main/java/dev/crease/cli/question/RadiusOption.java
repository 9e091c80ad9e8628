package dev.crease.cli.question;

import dev.crease.BadInput;
import picocli.CommandLine.Option;

/** The flag that names the one radius that is asked about. */
final class RadiusOption {

  @Option(names = "--radius", required = true, paramLabel = "R", description = "The radius.")
  private double radius;

  /**
   * The radius.
   *
   * @throws BadInput if it is not positive and finite
   */
  double value() {
    if (!(radius > 0) || Double.isInfinite(radius)) {
      throw new BadInput("--radius " + radius + " is not a positive number");
    }
    return radius;
  }
}
