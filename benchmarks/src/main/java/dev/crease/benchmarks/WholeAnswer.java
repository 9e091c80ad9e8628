package dev.crease.benchmarks;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.crease.Cancellation;
import dev.crease.campaign.Backends;
import dev.crease.campaign.Cell;
import dev.crease.campaign.CellRun;
import dev.crease.campaign.Configuration;
import dev.crease.campaign.Instance;
import dev.crease.campaign.Judge;
import dev.crease.campaign.Outcome;
import dev.crease.campaign.Run;
import dev.crease.campaign.Suite;
import dev.crease.campaign.Truth;
import dev.crease.campaign.Truths;
import dev.crease.choose.CertifierRegistry;
import dev.crease.solver.registry.SolverRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A whole answer to an instance of the suite, judged as {@code crease bench run} judges it.
 * Whatever becomes of it is counted: a time-out, a refusal, an error or a wrong answer is an
 * outcome beside the time, and no reason to leave the benchmark out.
 */
@State(Scope.Benchmark)
public abstract class WholeAnswer {

  private static final Duration TRUTH = Duration.ofSeconds(60);
  private static final Duration WARM_UP = Duration.ofSeconds(1);

  /** What answers; {@link Main} asks all that can run. */
  @Param({"regions", "splitting", "scip", "ortools-scip", "ortools-highs", "ortools-cbc"})
  public String backend = "";

  /** The strategy of solvers; auto takes boxes for so few inputs. */
  @Param("auto")
  public String strategy = "";

  /** The ReLU encoding of solvers. */
  @Param("big-m")
  public String encoding = "";

  /** How solvers have neurons bounded. */
  @Param("auto")
  public String bounds = "";

  /** The limit on each answer, in seconds. */
  @Param("5")
  public String limit = "";

  private Optional<Cell> cell = Optional.empty();
  private Optional<Backends> backends = Optional.empty();
  private Optional<Truth> truth = Optional.empty();
  private Optional<Judge.Judgement> last = Optional.empty();
  private Duration most = Duration.ZERO;

  /** For JMH. */
  WholeAnswer() {}

  /** The id of the question; JMH splits parameters at commas, so a {@code _} stands for each. */
  abstract String instance();

  /**
   * Finds the question, its true answer, and what is to answer it; and asks it once for a second.
   */
  @Setup
  public void find() {
    Instance found =
        Suite.all().stream()
            .filter(i -> i.id().replace(',', '_').equals(instance()))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("there is no instance " + instance()));
    most = Duration.ofNanos(Math.round(1e9 * Double.parseDouble(limit)));
    Config config = ConfigFactory.defaultReferenceUnresolved().resolve();
    Backends all = Backends.of(CertifierRegistry.discover(config), SolverRegistry.discover(config));
    truth = new Truths(all, TRUTH, List.of()).of(found, new Cancellation());
    backends = Optional.of(all);
    cell = Optional.of(new Cell(found, configuration(all)));
    ask(most.compareTo(WARM_UP) < 0 ? most : WARM_UP);
  }

  private Configuration configuration(Backends all) {
    Backends.Backend asked =
        all.all().stream()
            .filter(b -> b.id().equals(backend))
            .findFirst()
            // One that is not there refuses, and says why.
            .orElse(new Backends.Backend(backend, "", true, false));
    Configuration base = Configuration.base(asked);
    return asked.isSolver()
        ? base.withStrategy(strategy).withEncoding(encoding).withBounds(bounds)
        : base;
  }

  private CellRun.Answer ask(Duration within) {
    return CellRun.run(
            cell.orElseThrow(), backends.orElseThrow(), truth, within, new Cancellation(), () -> {})
        .orElseThrow();
  }

  /** Asks, judges and counts. */
  final CellRun.Answer answer(Outcomes outcomes) {
    CellRun.Answer answer = ask(most);
    boolean isFault = Run.of(cell.orElseThrow(), truth, answer).isFault();
    outcomes.count(answer.judgement().outcome(), isFault);
    last = Optional.of(answer.judgement());
    return answer;
  }

  /** Says why an answer is not the radius. */
  @TearDown(Level.Trial)
  public void tell() {
    last.filter(judgement -> judgement.outcome() != Outcome.SOLVED)
        .filter(judgement -> !judgement.message().isBlank())
        .ifPresent(
            judgement ->
                System.out.println(
                    "# " + judgement.outcome().words() + ": " + judgement.message().strip()));
  }
}
