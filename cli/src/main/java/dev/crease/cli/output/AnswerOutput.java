package dev.crease.cli.output;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Where an answer goes: in words to standard output, and as JSON where {@code --json} says; if that
 * is standard output too, there are no words.
 */
public final class AnswerOutput {

  private final PrintWriter out;
  private final boolean hasWords;
  private final Consumer<Supplier<String>> json;

  private AnswerOutput(PrintWriter out, boolean hasWords, Consumer<Supplier<String>> json) {
    this.out = out;
    this.hasWords = hasWords;
    this.json = json;
  }

  /**
   * Checks beforehand that the file can be written, so that no answer is lost.
   *
   * @param json the file, or {@code -} for standard output
   * @throws dev.crease.BadInput if it cannot
   */
  public static AnswerOutput of(Optional<Path> json, PrintWriter out) {
    if (json.isEmpty()) {
      return new AnswerOutput(out, true, text -> {});
    }
    if (json.get().toString().equals("-")) {
      return new AnswerOutput(
          out,
          false,
          text -> {
            out.print(text.get());
            out.flush();
          });
    }
    OutputFile file = OutputFile.at("--json", json.get());
    return new AnswerOutput(
        out, true, text -> file.write(text.get().getBytes(StandardCharsets.UTF_8)));
  }

  /** Says something in words. */
  public void say(Consumer<PrintWriter> words) {
    if (hasWords) {
      words.accept(out);
    }
  }

  /** Writes the answer as JSON, if that is asked for. */
  public void write(Supplier<String> text) {
    json.accept(text);
  }
}
