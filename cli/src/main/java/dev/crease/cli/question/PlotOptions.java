package dev.crease.cli.question;

import dev.crease.BadInput;
import dev.crease.cli.output.OutputFile;
import dev.crease.cli.session.Session;
import dev.crease.plots.Labels;
import dev.crease.plots.PictureFormat;
import dev.crease.plots.RegionColor;
import dev.crease.question.Query;
import dev.crease.regions.RegionEngine;
import dev.crease.regions.Window;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The flags that ask for a picture. */
public final class PlotOptions {

  @Option(
      names = "--plot",
      paramLabel = "FILE",
      description =
          "Draw the linear regions around the centre and the answer, as .svg or .png; for networks"
              + " of two inputs, the fixed ones apart.")
  private Optional<Path> file = Optional.empty();

  @Option(
      names = "--window",
      split = ",",
      paramLabel = "LO:HI",
      description =
          "What --plot shows: an interval for each input; otherwise 2.2 times the radius.")
  private List<String> window = List.of();

  @Option(
      names = "--color",
      paramLabel = "BY",
      description =
          "What the colours of regions in --plot say: determinant, the default, or condition, that"
              + " of the region's map in the norm of the question.")
  private Optional<RegionColor> color = Optional.empty();

  /**
   * Checks the flags before anything is computed.
   *
   * @return empty if no picture is asked for
   * @throws ParameterException if the flags do not go together
   * @throws BadInput if the file, the window or the question does not suit
   */
  Optional<Plot> plot(CommandSpec spec, Session session, Asked asked, NetworkOptions network) {
    Query query = asked.query();
    if (file.isEmpty()) {
      if (!window.isEmpty() || color.isPresent()) {
        throw new ParameterException(
            spec.commandLine(),
            (window.isEmpty() ? "--color" : "--window") + " goes with --plot FILE");
      }
      return Optional.empty();
    }
    if (query.isOnWholeSpace()) {
      throw new BadInput("--plot draws no whole space: leave it out, or give a finite radius");
    }
    PictureFormat format = format(file.get());
    int free = query.f().inputs() - query.shared().size();
    if (free != 2 || !query.shared().isEmpty()) {
      throw new BadInput(
          "--plot needs a network of two inputs, none of them shared; "
              + query.f().name()
              + " has "
              + free
              + (query.shared().isEmpty() ? "" : " besides the shared")
              + (free > 2 || !query.shared().isEmpty() ? ": fix the others with --fix" : ""));
    }
    if (color.filter(by -> by == RegionColor.CONDITION).isPresent() && query.f().outputs() != 2) {
      throw new BadInput(
          "--color condition needs a network of two outputs, and "
              + query.f().name()
              + " has "
              + query.f().outputs()
              + "; choose two with --outputs");
    }
    OutputFile out = OutputFile.at("--plot", file.get());
    Optional<Window> given =
        window.isEmpty() ? Optional.empty() : Optional.of(WindowArgument.parse(window, query.f()));
    RegionEngine engine = session.backends().regions();
    String title = asked.title();
    title = title.substring(0, 1).toUpperCase(Locale.ROOT) + title.substring(1);
    Labels labels =
        new Labels(title, network.inputNames(query.f()), network.outputNames(query.f()));
    return Optional.of(
        new Plot(
            file.get(), out, format, given, engine, labels, color.orElse(RegionColor.DETERMINANT)));
  }

  /**
   * The format that the ending of a file's name asks for.
   *
   * @throws BadInput if there is none
   */
  public static PictureFormat format(Path file) {
    return PictureFormat.of(file)
        .orElseThrow(
            () -> new BadInput("--plot " + file + " is of no known kind; end it in .svg or .png"));
  }
}
