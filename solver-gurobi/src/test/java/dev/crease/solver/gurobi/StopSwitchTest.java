package dev.crease.solver.gurobi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.crease.Cancellation;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class StopSwitchTest {

  @Test
  void stopsUntilItIsClosed() {
    AtomicInteger stops = new AtomicInteger();
    StopSwitch stop = new StopSwitch(stops::incrementAndGet);
    stop.stop();
    stop.stop();
    assertEquals(2, stops.get());
    stop.close();
    stop.stop();
    assertEquals(2, stops.get());
  }

  @Test
  @SuppressWarnings("try") // the registration is there to be closed
  void aModelThatIsFreedIsNeverStopped() throws Exception {
    for (int round = 0; round < 200; round++) {
      AtomicBoolean freed = new AtomicBoolean();
      AtomicBoolean crashed = new AtomicBoolean();
      StopSwitch stop = new StopSwitch(() -> crashed.compareAndSet(false, freed.get()));
      Cancellation cancellation = new Cancellation();
      CountDownLatch go = new CountDownLatch(1);
      Thread canceller =
          new Thread(
              () -> {
                go.countDown();
                cancellation.cancel();
              });
      try (Cancellation.Registration registration = cancellation.onCancel(stop::stop)) {
        canceller.start();
        go.await();
      } finally {
        stop.close();
        freed.set(true);
      }
      canceller.join();
      assertFalse(crashed.get());
    }
  }
}
