package dev.crease.cli.bench;

import dev.crease.campaign.Instance;
import dev.crease.campaign.Plan;
import dev.crease.campaign.Profile;
import dev.crease.cli.output.Numbers;
import dev.crease.cli.session.ExitCode;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code crease bench list}. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    header = "Lists the instances.",
    footerHeading = "%nExamples:%n",
    footer = {"  crease bench list", "  crease bench list --profile quick"})
final class BenchListCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(
      names = "--profile",
      paramLabel = "P",
      description = "quick, full, the default, or spikes.")
  private Profile profile = Profile.FULL;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    List<Instance> instances = Plan.instances(profile, Plan.SPIKES);
    int width = instances.stream().mapToInt(i -> i.id().length()).max().orElse(0);
    String row = "%-" + width + "s  %6s  %7s  %s";
    out.println(String.format(Locale.ROOT, row, "instance", "inputs", "neurons", "true answer"));
    for (Instance instance : instances) {
      String truth =
          instance
              .known()
              .map(t -> Numbers.near(t.radius(), 6) + " by " + t.source())
              .orElseGet(() -> Plan.hasTruth(instance) ? "by the exact engine" : "not known");
      out.println(
          String.format(
              Locale.ROOT, row, instance.id(), instance.inputs(), instance.neurons(), truth));
    }
    out.println(instances.size() + " instances");
    return ExitCode.OK;
  }
}
