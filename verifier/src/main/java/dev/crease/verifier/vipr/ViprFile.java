package dev.crease.verifier.vipr;

import dev.crease.Unsupported;
import dev.crease.verifier.vipr.Row.Form;
import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A VIPR 1.1 file that is being written: a problem, and line by line what follows from it. */
final class ViprFile implements Closeable {

  /** Room for how many lines follow, which is known at the end. */
  private static final String ROOM = " ".repeat(12);

  private final FileChannel channel;
  private final Writer out;
  private final ViprProblem problem;
  private final long count;
  private int next;

  /** Begins a new file. */
  ViprFile(Path path, ViprProblem problem) {
    this.problem = problem;
    this.next = problem.rows().size();
    try {
      channel = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      out = new BufferedWriter(Channels.newWriter(channel, StandardCharsets.US_ASCII), 1 << 16);
      for (String part : problem.head()) {
        out.write(part);
      }
      for (Row row : problem.rows()) {
        out.write("C" + row.index() + " " + text(row.sense(), row.form(), row.rhs()) + "\n");
      }
      out.write("RTP range 0 0\nSOL 1\ncentre " + problem.solution() + "\nDER ");
      out.flush();
      count = channel.position();
      out.write(ROOM + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a sum of rows says, weakened to a right-hand side. */
  Row derive(Sum sum, Dyadic rhs) {
    if (sum.rhs().minus(rhs).sign() < 0) {
      throw lost();
    }
    return line('G', sum.stated(), rhs, "lin " + sum.multipliers());
  }

  /** What a sum of equations says. */
  Row equal(Sum sum) {
    return line('E', sum.stated(), sum.rhs(), "lin " + sum.multipliers());
  }

  /** What was proved is less than what was claimed of it. */
  static Unsupported lost() {
    return new Unsupported(
        "--vipr: a step of this tree holds by less than rounding, too little to be written;"
            + " claim a radius a little smaller");
  }

  /** The same as {@code row >= rhs}, times one over a positive number. */
  Row divided(Row row, Form stated, Dyadic by) {
    return line('G', stated, Dyadic.ZERO, "lin 1 " + row.index() + " " + by.inverse());
  }

  /** What holds in both cases; each follows where one of two assumptions holds. */
  Row either(Form stated, Dyadic rhs, Row one, Row ifOne, Row two, Row ifTwo) {
    String reason = one.index() + " " + ifOne.index() + " " + two.index() + " " + ifTwo.index();
    return line('G', stated, rhs, "uns " + reason);
  }

  /** Assumes that a binary variable is 1, or 0. */
  Row assume(int variable, boolean isOne) {
    return isOne
        ? line('G', new Form().plus(variable, 1), Dyadic.ONE, "asm")
        : line('L', new Form().plus(variable, -1), Dyadic.ZERO, "asm");
  }

  /** The end: that the objective, {@code t}, is at most 0. */
  void ends(Row notPositive) {
    line('L', notPositive.form(), Dyadic.ZERO, "lin 1 " + notPositive.index() + " -1");
    try {
      out.flush();
      String lines = String.valueOf(next - problem.rows().size());
      channel.write(ByteBuffer.wrap(lines.getBytes(StandardCharsets.US_ASCII)), count);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Row line(char sense, Form form, Dyadic rhs, String reason) {
    try {
      out.write("D" + next + " " + text(sense, form, rhs) + " { " + reason + " } -1\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Row(next++, sense, form, rhs);
  }

  private String text(char sense, Form form, Dyadic rhs) {
    Form written = new Form();
    form.terms()
        .forEach(
            (id, c) -> {
              Dyadic first = sense == 'L' ? c.negate() : c;
              written.plus(id % problem.variables(), first);
              if (id >= problem.variables()) {
                written.plus(problem.second(id), first.negate());
              }
            });
    return sense + " " + (sense == 'L' ? rhs.negate() : rhs) + " " + written;
  }

  @Override
  public void close() {
    try (channel) {
      out.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
