package dev.crease.solver.scip;

import dev.crease.solver.scip.jni.Scip;
import dev.crease.solver.scip.jni.ScipEvent;
import dev.crease.solver.scip.jni.ScipEventExec;
import dev.crease.solver.scip.jni.ScipEventhdlr;
import dev.crease.solver.scip.jni.ScipMessage;
import dev.crease.solver.scip.jni.ScipMessagehdlr;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/**
 * The functions that SCIP calls back. JavaCPP compiles a handful of entry points for each kind, so
 * one of each serves all solves of the process and finds the solve by the address of SCIP's
 * structure.
 */
final class ScipCallbacks {

  private static final int OKAY = 1;

  private final Map<Long, Runnable> events = new ConcurrentHashMap<>();
  private final Map<Long, Consumer<String>> messages = new ConcurrentHashMap<>();
  private final ScipEventExec event = new Event();
  private final ScipMessage message = new Message();

  private ScipCallbacks() {
    // No scope of whoever happens to be the first caller may free them.
    event.retainReference();
    message.retainReference();
  }

  /** Made when SCIP has been loaded and is first used; entry points are the process's. */
  private static final class Holder {
    static final ScipCallbacks SHARED = new ScipCallbacks();
  }

  static ScipCallbacks shared() {
    return Holder.SHARED;
  }

  /** What to register with SCIP for events. */
  ScipEventExec event() {
    return event;
  }

  /** What to register with SCIP for messages. */
  ScipMessage message() {
    return message;
  }

  /** Runs an action at each event of one SCIP, until {@link #forget}. */
  void onEvent(Scip scip, Runnable action) {
    events.put(scip.address(), action);
  }

  /** Hands each piece of text of one message handler on, until {@link #forget}. */
  void onMessage(ScipMessagehdlr handler, Consumer<String> action) {
    messages.put(handler.address(), action);
  }

  /** By address, because SCIP's own pointers may be gone by then. */
  void forget(long scip, long handler) {
    events.remove(scip);
    messages.remove(handler);
  }

  private final class Event extends ScipEventExec {
    @Override
    public int call(Scip scip, ScipEventhdlr handler, ScipEvent happened, Pointer data) {
      Runnable action = events.get(scip.address());
      if (action != null) {
        action.run();
      }
      return OKAY;
    }
  }

  private final class Message extends ScipMessage {
    @Override
    public void call(ScipMessagehdlr handler, Pointer file, BytePointer text) {
      Consumer<String> action = messages.get(handler.address());
      if (action != null && text != null) {
        action.accept(text.getString());
      }
    }
  }
}
