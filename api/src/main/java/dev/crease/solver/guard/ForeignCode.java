package dev.crease.solver.guard;

import com.google.inject.CreationException;
import com.google.inject.ProvisionException;
import com.google.inject.spi.Message;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import dev.crease.BadInput;
import dev.crease.CreaseException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Asks code that others wrote. Whatever it throws, a {@code null}, and that it does not come back,
 * becomes a {@link Fault} with its root cause in one line, and ends nothing else.
 */
public final class ForeignCode {

  private static final String PATIENCE = "crease.patience";
  private static final Duration DEFAULT_PATIENCE = Duration.ofSeconds(15);

  /** Class files have had the version 44 plus Java's since Java 1.1. */
  private static final int FIRST_CLASS_FILE = 44;

  private static final Pattern NEWER =
      Pattern.compile("(\\S+) has been compiled by a more recent .*?version (\\d+)\\..*");

  private static final Pattern CLASS_NAME = Pattern.compile("[\\w$/.]+");

  /** Chains of causes may be closed to rings. */
  private static final int MOST_CAUSES = 50;

  private final Duration patience;

  private ForeignCode(Duration patience) {
    this.patience = patience;
  }

  /** Waits as long as {@code crease.patience} says. */
  public static ForeignCode of(Config config) {
    try {
      Duration patience =
          config.hasPath(PATIENCE) ? config.getDuration(PATIENCE) : DEFAULT_PATIENCE;
      if (patience.isNegative() || patience.isZero()) {
        throw new BadInput(PATIENCE + " " + config.getString(PATIENCE) + " is no time to wait");
      }
      return new ForeignCode(patience);
    } catch (ConfigException e) {
      throw new BadInput(PATIENCE + " takes 15s or 2m: " + firstLine(e), e);
    }
  }

  /** What is wrong with somebody's code, and what to do about it, a line each. */
  public static final class Fault extends Exception {

    private static final long serialVersionUID = 1L;

    private final String remedy;

    public Fault(String reason, String remedy) {
      super(reason);
      this.remedy = remedy;
    }

    public Fault(String reason, String remedy, Throwable cause) {
      super(reason, cause);
      this.remedy = remedy;
    }

    /** What went wrong. */
    public String reason() {
      return String.valueOf(getMessage());
    }

    /** What to do. */
    public String remedy() {
      return remedy;
    }

    /**
     * All of it in one line.
     *
     * @param origin the jar that it is about
     * @param what the part of the jar
     */
    public String line(String origin, String what) {
      return origin + ": " + what + ": " + reason() + "; " + remedy;
    }
  }

  /**
   * Asks a question, on a thread of its own.
   *
   * @param question what is asked, such as {@code availability()}, for the reason
   * @throws Fault if it throws anything, answers {@code null}, or does not answer in time
   */
  public <T> T ask(String question, Callable<? extends @Nullable T> code) throws Fault {
    FutureTask<@Nullable T> task = new FutureTask<>(code::call);
    Thread thread = new Thread(task, "crease-asks-" + question);
    thread.setDaemon(true);
    boolean interrupted = false;
    long deadline = System.nanoTime() + patience.toNanos();
    try {
      thread.start();
      while (true) {
        try {
          T answer = task.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
          if (answer == null) {
            throw new Fault(question + " gives null", "tell whoever made it, or remove the jar");
          }
          return answer;
        } catch (InterruptedException e) {
          // Of the caller: it is answered all the same, and stays interrupted.
          interrupted = true;
        }
      }
    } catch (ExecutionException e) {
      throw fault(question, e.getCause());
    } catch (TimeoutException e) {
      thread.interrupt();
      throw new Fault(
          question + " does not come back within " + seconds() + " s",
          "remove the jar, or wait longer with " + PATIENCE,
          e);
    } catch (OutOfMemoryError e) {
      throw fault(question, e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private String seconds() {
    double seconds = patience.toMillis() / 1e3;
    return seconds == Math.rint(seconds) ? String.valueOf((long) seconds) : String.valueOf(seconds);
  }

  private static Fault fault(String question, @Nullable Throwable thrown) {
    if (thrown instanceof Fault known) {
      return known;
    }
    Throwable root = root(thrown == null ? new IllegalStateException("no reason") : thrown);
    boolean isLoading = root instanceof LinkageError || root instanceof ClassNotFoundException;
    String reason = reason(root);
    return new Fault(isLoading ? reason : question + " fails: " + reason, remedy(root), root);
  }

  /** What is at the bottom of a throwable, in one line. */
  public static String reason(Throwable thrown) {
    Throwable root = root(thrown);
    String message = firstLine(root);
    if (root instanceof UnsupportedClassVersionError) {
      Matcher newer = NEWER.matcher(message);
      return newer.matches()
          ? "class "
              + newer.group(1).replace('/', '.')
              + " is for Java "
              + (Integer.parseInt(newer.group(2)) - FIRST_CLASS_FILE)
              + ", and this is Java "
              + Runtime.version().feature()
          : message;
    }
    if (missingClass(root, message)) {
      return "class " + message.replace('/', '.') + " is missing";
    }
    if (root instanceof CreaseException || root instanceof Fault) {
      return message;
    }
    String name = root.getClass().getSimpleName();
    return message.isEmpty() || message.equals(root.getClass().getName())
        ? name
        : name + ": " + message;
  }

  /** What to do about a throwable, in one line. */
  static String remedy(Throwable thrown) {
    Throwable root = root(thrown);
    if (root instanceof UnsupportedClassVersionError) {
      return "run a newer Java, or get the jar for this one";
    }
    if (root instanceof UnsatisfiedLinkError) {
      return "put the native library that it needs where it looks for it";
    }
    if (missingClass(root, firstLine(root))) {
      return "put the jar that holds the class beside this one";
    }
    if (root instanceof LinkageError) {
      return "get a jar that was built for this Crease";
    }
    return "tell whoever made it, or remove the jar";
  }

  private static boolean missingClass(Throwable root, String message) {
    return (root instanceof NoClassDefFoundError || root instanceof ClassNotFoundException)
        && CLASS_NAME.matcher(message).matches();
  }

  /** The innermost cause; one of Crease's own errors says it all, and is not looked behind. */
  private static Throwable root(Throwable thrown) {
    Throwable at = thrown;
    for (int k = 0; k < MOST_CAUSES && !(at instanceof CreaseException); k++) {
      Optional<Throwable> next = cause(at);
      if (next.isEmpty()) {
        break;
      }
      at = next.get();
    }
    return at;
  }

  private static Optional<Throwable> cause(Throwable thrown) {
    Collection<Message> messages =
        thrown instanceof CreationException e
            ? e.getErrorMessages()
            : thrown instanceof ProvisionException e ? e.getErrorMessages() : List.of();
    // Guice hides the cause when there are several.
    return Optional.ofNullable(thrown.getCause())
        .or(
            () ->
                messages.stream()
                    .flatMap(m -> Optional.ofNullable(m.getCause()).stream())
                    .findFirst());
  }

  private static String firstLine(Throwable thrown) {
    String message =
        thrown instanceof CreationException e
            ? e.getErrorMessages().iterator().next().getMessage()
            : thrown instanceof ProvisionException e
                ? e.getErrorMessages().iterator().next().getMessage()
                : thrown.getMessage();
    return oneLine(message);
  }

  /** Text of somebody else's as one line, without its line ends; empty for none. */
  public static String oneLine(@Nullable String text) {
    return text == null
        ? ""
        : text.lines().map(String::strip).filter(l -> !l.isEmpty()).findFirst().orElse("");
  }
}
