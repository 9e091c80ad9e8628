package org.example.crease.ojalgo;

import dev.crease.Cancellation;

/** Passes a cancellation on as an interruption of the solving thread, and takes it back. */
final class Interruption {

  private final Thread solving = Thread.currentThread();
  private final Cancellation.Registration registration;
  private boolean open = true;
  private boolean struck;

  Interruption(Cancellation cancellation) {
    registration = cancellation.onCancel(this::strike);
  }

  // A cancellation may come while the solve returns: by then the thread is somebody else's.
  private synchronized void strike() {
    if (open) {
      struck = true;
      solving.interrupt();
    }
  }

  /** Ends the passing on; an interruption that was ours is not left behind on the thread. */
  synchronized void end() {
    open = false;
    registration.close();
    if (struck) {
      Thread.interrupted();
    }
  }
}
