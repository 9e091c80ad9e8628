package dev.crease.cli.question;

import dev.crease.certify.Certifier;
import dev.crease.certify.CertifyListener;
import dev.crease.certify.CertifyOptions;
import dev.crease.certify.RadiusResult;
import dev.crease.certify.StopReason;
import dev.crease.choose.CertifierRegistry;
import dev.crease.cli.output.AnswerOutput;
import dev.crease.cli.session.ExitCode;
import dev.crease.cli.session.Session;
import dev.crease.cli.session.SolverOptions;

/**
 * The way from the flags of a command to its answer, which all commands that ask one question go:
 * they ask, have it answered, and say and write what came of it.
 *
 * @param session what the command works with
 * @param query the flags about the question
 * @param output where the answer goes
 */
record Answering(Session session, QueryOptions query, AnswerOutput output) {

  /** What a certifier is to do. */
  @FunctionalInterface
  interface Work {

    /** Does it. */
    RadiusResult answer(Certifier certifier, CertifyListener listener);
  }

  /**
   * The question, up to the radius that the configuration names, or on the whole space.
   *
   * @throws dev.crease.BadInput if a file or a value does not fit
   */
  Asked ask() {
    return query.read(session.norm(), session.reach());
  }

  /**
   * The question, up to some radius.
   *
   * @throws dev.crease.BadInput if a file or a value does not fit
   */
  Asked ask(double radius) {
    return query.read(session.norm(), radius);
  }

  /**
   * Has the certifier that the configuration selects do its work; what is to be known, is noted.
   */
  RadiusResult certify(Asked asked, CertifyOptions options, Work work) {
    return certify(session, asked, options, work);
  }

  /** The same for a command that has no flags of a question. */
  static RadiusResult certify(Session session, Asked asked, CertifyOptions options, Work work) {
    CertifierRegistry.Choice choice = session.choose(asked.query(), options);
    choice.why().ifPresent(asked.notes()::add);
    RadiusResult result = session.watched(progress -> work.answer(choice.certifier(), progress));
    SolverOptions.unusedStrategy(options, result).ifPresent(asked.notes()::add);
    return result;
  }

  /** The exit code of an answer that is complete, or was stopped before. */
  static int exitCode(StopReason stop) {
    return switch (stop) {
      case COMPLETE -> ExitCode.OK;
      case FAILED -> ExitCode.SOFTWARE;
      case CLAIMED, TIME_LIMIT, INTERRUPTED, LIMIT -> ExitCode.UNDECIDED;
    };
  }
}
