package dev.crease.cli.question;

import dev.crease.certificate.CertificateWriter;
import dev.crease.certify.RadiusResult;
import dev.crease.cli.output.OutputFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The flag that asks for a certificate. */
final class CertificateOption {

  @Option(
      names = "--certificate",
      paramLabel = "FILE",
      description =
          "Write what `crease audit` can check the result from, as JSON; compressed if the name ends"
              + " in .gz.")
  private Optional<Path> path = Optional.empty();

  /**
   * Where it goes, if one is asked for.
   *
   * @throws dev.crease.BadInput if nothing can be written there
   */
  Optional<OutputFile> file() {
    return path.map(p -> OutputFile.at("--certificate", p));
  }

  private boolean isCompressed() {
    return path.filter(p -> p.toString().toLowerCase(Locale.ROOT).endsWith(".gz")).isPresent();
  }

  /** Writes the certificate, and notes what in it cannot be checked. */
  void write(Asked asked, RadiusResult result, OutputFile file) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      if (isCompressed()) {
        CertificateWriter.write(result, asked.preparation(), bytes);
      } else {
        CertificateWriter.writePlain(result, asked.preparation(), bytes);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    file.write(bytes.toByteArray());
    if (result.certified() > 0 && !result.evidence().hasProof()) {
      asked
          .notes()
          .add("the certificate has no proof of the lower end: it names what that rests on");
    }
    if (result.claimed().isPresent()) {
      asked.notes().add("the certificate leaves out what is claimed: nobody has proved it");
    }
    if (result.isRefuted() && result.evidence().collision().isEmpty()) {
      asked
          .notes()
          .add("the certificate leaves out the upper end: the collision is not an exact one");
    }
  }
}
