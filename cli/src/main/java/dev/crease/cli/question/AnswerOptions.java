package dev.crease.cli.question;

import dev.crease.certify.RadiusResult;
import dev.crease.cli.output.AnswerOutput;
import dev.crease.cli.session.Session;
import dev.crease.cli.session.SolverOptions;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** The flags of a command that asks one question. */
final class AnswerOptions {

  @Mixin private QueryOptions query;
  @Mixin private SolverOptions solver;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Write the result as JSON; - is standard output.")
  private Optional<Path> json = Optional.empty();

  /** Whether it is about a whole box. */
  boolean isWhole() {
    return query.isWhole();
  }

  /** Whether what refutes a whole box is in it; see {@link QueryOptions#isInside}. */
  boolean isInside(RadiusResult result) {
    return query.isInside(result);
  }

  /** The flags about the network. */
  NetworkOptions network() {
    return query.network();
  }

  /**
   * Reads the configuration, and checks where the answer goes.
   *
   * @throws dev.crease.BadInput if one of them does not suit
   */
  Answering begin(CommandSpec spec) {
    Session session = Session.of(spec, solver);
    return new Answering(session, query, AnswerOutput.of(json, session.out()));
  }
}
