package dev.crease.certify;

import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Runs tasks side by side, and throws what the first of them threw. Once it returns normally or
 * throws, no task is running any more, unless the caller was interrupted: what a task uses it must
 * close itself.
 */
public final class Workers {

  private Workers() {}

  /** Runs one task on each of some threads. */
  public static void run(int threads, Runnable task) {
    run(threads, Collections.nCopies(Math.max(1, threads), task));
  }

  /** Runs all tasks, so many at once; an interrupt of the caller ends them. */
  public static void run(int atOnce, List<Runnable> tasks) {
    ExecutorService pool = Executors.newFixedThreadPool(Math.max(1, atOnce));
    try {
      List<Callable<Object>> calls = tasks.stream().map(Executors::callable).toList();
      for (Future<Object> done : pool.invokeAll(calls)) {
        done.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    } finally {
      pool.shutdownNow();
    }
  }
}
