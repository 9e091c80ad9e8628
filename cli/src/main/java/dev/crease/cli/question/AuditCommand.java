package dev.crease.cli.question;

import com.typesafe.config.ConfigFactory;
import dev.crease.BadInput;
import dev.crease.cli.output.OutputFile;
import dev.crease.cli.output.ProgressLine;
import dev.crease.cli.session.ExitCode;
import dev.crease.cli.session.Host;
import dev.crease.cli.session.SolverOptions;
import dev.crease.network.ReluNetwork;
import dev.crease.verifier.Certificate;
import dev.crease.verifier.Monitor;
import dev.crease.verifier.Verification;
import dev.crease.verifier.Verifier;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code crease audit}, called {@code verify} once. */
@Command(
    name = "audit",
    aliases = "verify",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    header = "Checks a certificate that `crease radius --certificate` wrote.",
    description = {
      "By code that shares nothing with what wrote it, in rational arithmetic; trees "
          + "in doubles, rounded outward, while they are read.",
      "What the certificate does to the networks (--fix, --share, --steps, "
          + "--outputs) is done to the files again. Says what was checked, and what rests "
          + "on a solver."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  crease radius local --network f.onnx --center 0,0 --certificate f.json.gz",
      "  crease audit f.json.gz --network f.onnx",
      "  crease audit g.json.gz --network f1.onnx --other f2.onnx",
      "  crease audit f.json.gz --network f.onnx --vipr f.vipr && viprchk f.vipr",
      "",
      "Exit codes: 0 all of it is proved, 1 refused, 2 not all of it can be checked, "
          + "or stopped before the end."
    })
public final class AuditCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "The certificate.")
  private Path file;

  @Option(
      names = "--network",
      required = true,
      paramLabel = "FILE",
      description = "The network: .onnx, .nnet or .json.")
  private Path network;

  @Mixin private FileOptions fileOptions = new FileOptions();

  @Option(
      names = "--other",
      paramLabel = "FILE",
      description = "The second network of problem transformation.")
  private Optional<Path> other = Optional.empty();

  @Option(
      names = "--time-limit",
      paramLabel = "T",
      description =
          "Stop after this time, such as 60s or 5m; a check that was stopped is undecided.")
  private Optional<String> timeLimit = Optional.empty();

  @Option(
      names = "--vipr",
      paramLabel = "FILE",
      description =
          "Also write the proof tree as a VIPR 1.1 proof, for checkers of mixed-integer programs; norms 1 and inf.")
  private Optional<Path> vipr = Optional.empty();

  @Override
  public Integer call() {
    long start = System.nanoTime();
    Host host = Host.of(spec);
    Duration limit = timeLimit.map(AuditCommand::duration).orElse(Duration.ZERO);
    host.interruption().listen();
    // A tree is read while it is checked.
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      Certificate certificate = ofFile(() -> Certificate.read(in));
      if (certificate.hasOther() != other.isPresent()) {
        throw new ParameterException(
            spec.commandLine(),
            certificate.hasOther()
                ? "the certificate is of problem transformation: it needs --other FILE"
                : "--other goes with problem transformation, not with this certificate's");
      }
      Optional<OutputFile> proof = vipr.map(path -> OutputFile.at("--vipr", path));
      if (proof.isPresent()) {
        certificate
            .whyNoVipr()
            .ifPresent(
                why -> {
                  throw new ParameterException(spec.commandLine(), "--vipr: " + why);
                });
      }
      ReluNetwork f = NetworkArgument.read(network, fileOptions).network();
      Optional<ReluNetwork> g =
          other.map(path -> NetworkArgument.read(path, fileOptions).network());
      try (ProgressLine progress =
          new ProgressLine(spec.commandLine().getErr(), host.isTerminal())) {
        Monitor monitor =
            stage -> {
              Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
              progress.show("checking the " + stage, elapsed);
              if (host.interruption().cancellation().isCancelled()) {
                return Optional.of("interrupted");
              }
              return limit.isZero() || elapsed.compareTo(limit) < 0
                  ? Optional.empty()
                  : Optional.of("stopped at the time limit of " + timeLimit.orElseThrow());
            };
        Verification verification =
            proof.isPresent()
                ? write(proof.get(), certificate, f, g, monitor)
                : ofFile(() -> Verifier.verify(certificate, f, g, monitor));
        progress.close();
        return report(certificate, verification);
      }
    } catch (NoSuchFileException e) {
      throw new BadInput(file + " cannot be read; check that there is such a file", e);
    } catch (AccessDeniedException e) {
      throw new BadInput(file + " cannot be read; check its permissions", e);
    } catch (IOException e) {
      throw new BadInput(file + " cannot be read: " + reason(e), e);
    }
  }

  /** Checks; leaves a file if what is in it proves the certificate's radius. */
  private Verification write(
      OutputFile out,
      Certificate certificate,
      ReluNetwork f,
      Optional<ReluNetwork> g,
      Monitor monitor) {
    Verification[] verification = new Verification[1];
    out.write(
        partial -> {
          try {
            verification[0] =
                ofFile(() -> Verifier.verify(certificate, f, g, monitor, Optional.of(partial)));
          } catch (UncheckedIOException e) {
            throw e.getCause();
          }
          return verification[0] instanceof Verification.Accepted;
        });
    return verification[0];
  }

  private int report(Certificate certificate, Verification verification) {
    PrintWriter out = spec.commandLine().getOut();
    if (verification instanceof Verification.Undecided undecided) {
      out.println("UNDECIDED: " + undecided.reason());
      return ExitCode.UNDECIDED;
    }
    if (verification instanceof Verification.Refused refused) {
      out.println("REFUSED: " + refused.reason());
      return ExitCode.REFUTED;
    }
    Verification.Accepted accepted = (Verification.Accepted) verification;
    out.println((accepted.isComplete() ? "PROVED: " : "NOT ALL PROVED: ") + accepted.question());
    if (accepted.findings().isEmpty()) {
      out.println("  nothing is claimed");
    } else if (!certificate.hasLower()) {
      out.println("  lower: not claimed");
    }
    accepted.findings().forEach(finding -> out.println("  " + finding.text()));
    vipr.ifPresent(path -> out.println("  vipr: lower, less 1e-12 of it, as a proof in " + path));
    return accepted.isComplete() ? ExitCode.OK : ExitCode.UNDECIDED;
  }

  /** What is wrong with the certificate, with the name of its file. */
  private <T> T ofFile(Supplier<T> reading) {
    try {
      return reading.get();
    } catch (BadInput e) {
      throw new BadInput(file + ": " + e.getMessage(), e);
    }
  }

  private static Duration duration(String text) {
    return SolverOptions.timeLimit(ConfigFactory.parseMap(Map.of("crease.time-limit", text)));
  }

  private static String reason(IOException e) {
    return e instanceof FileSystemException f && f.getReason() != null
        ? f.getReason()
        : String.valueOf(e.getMessage());
  }
}
