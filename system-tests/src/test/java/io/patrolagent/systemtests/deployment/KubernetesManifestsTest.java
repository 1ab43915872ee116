package io.patrolagent.systemtests.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.patrolagent.common.config.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The manifests as the example overlay renders them, and the files that they are made of. */
class KubernetesManifestsTest {

  private static final String OVERLAY = "deploy/kubernetes/overlays/example";
  private static final int SECONDS_TO_STOP = 10;

  private static Kustomization rendered;
  private static List<Deployment> deployments;

  @BeforeAll
  static void render() throws IOException {
    rendered = Kustomization.read(Repository.path(OVERLAY));
    deployments = rendered.all(Deployment.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"deploy/kubernetes/base", OVERLAY})
  void everyFileIsUsed(String directory) throws Exception {
    Path path = Repository.path(directory);
    Set<String> used = Kustomization.read(path).files();
    try (Stream<Path> files = Files.list(path)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(used);
    }
  }

  @Test
  void everyFieldIsOneOfKubernetes() throws Exception {
    assertThat(rendered.all(PodDisruptionBudget.class)).isNotEmpty();
    assertThat(rendered.all(NetworkPolicy.class)).isNotEmpty();
    assertThat(rendered.all(Namespace.class)).hasSize(1);
    // and one that is not is found, however deep
    var wrong =
        new ObjectMapper()
            .readTree("{\"spec\":{\"template\":{\"spec\":{\"enableServiceLink\":false}}}}");
    assertThatThrownBy(() -> Kustomization.strictly(wrong, Deployment.class))
        .hasMessageContaining("enableServiceLink");
  }

  @Test
  void everyServiceHasADeploymentAnImageAndADisruptionBudget() throws Exception {
    Set<String> services = Repository.services();
    assertThat(deployments)
        .extracting(deployment -> deployment.getMetadata().getName())
        .containsExactlyInAnyOrderElementsOf(services);
    assertThat(rendered.images().keySet())
        .containsExactlyInAnyOrderElementsOf(
            services.stream().map(service -> "patrolagent/" + service).toList());
    assertThat(deployments)
        .allSatisfy(
            deployment ->
                assertThat(container(deployment).getImage())
                    .isEqualTo("patrolagent/" + deployment.getMetadata().getName()));
    assertThat(
            rendered.all(PodDisruptionBudget.class).stream()
                .map(budget -> budget.getSpec().getSelector().getMatchLabels()))
        .containsExactlyInAnyOrderElementsOf(
            deployments.stream().map(KubernetesManifestsTest::podLabels).toList());
  }

  @Test
  void selectorsFindTheirOwnPodsAlone() {
    assertThat(deployments)
        .allSatisfy(
            deployment -> {
              Map<String, String> labels = podLabels(deployment);
              assertThat(deployment.getSpec().getSelector().getMatchLabels()).isEqualTo(labels);
              assertThat(pod(deployment).getTopologySpreadConstraints())
                  .allSatisfy(
                      spread ->
                          assertThat(spread.getLabelSelector().getMatchLabels()).isEqualTo(labels));
            });
    assertThat(deployments.stream().map(KubernetesManifestsTest::podLabels))
        .doesNotHaveDuplicates();
  }

  @Test
  void podsRunWithoutAnyRightThatTheyDoNotNeed() throws Exception {
    String user = Dockerfile.read().user();
    assertThat(deployments)
        .allSatisfy(
            deployment -> {
              PodSpec pod = pod(deployment);
              assertThat(pod.getEnableServiceLinks()).isFalse();
              assertThat(pod.getAutomountServiceAccountToken()).isFalse();
              assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
              assertThat(
                      pod.getSecurityContext().getRunAsUser()
                          + ":"
                          + pod.getSecurityContext().getRunAsGroup())
                  .isEqualTo(user);
              assertThat(pod.getSecurityContext().getSeccompProfile().getType())
                  .isEqualTo("RuntimeDefault");
              var container = container(deployment).getSecurityContext();
              assertThat(container.getAllowPrivilegeEscalation()).isFalse();
              assertThat(container.getReadOnlyRootFilesystem()).isTrue();
              assertThat(container.getCapabilities().getDrop()).containsExactly("ALL");
            });
  }

  @Test
  void podsHaveProbesLimitsAndTimeToStop() {
    assertThat(deployments)
        .allSatisfy(
            deployment -> {
              Container container = container(deployment);
              assertThat(path(container.getStartupProbe())).isEqualTo("/health/live");
              assertThat(path(container.getLivenessProbe())).isEqualTo("/health/live");
              assertThat(path(container.getReadinessProbe())).isEqualTo("/health/ready");
              assertThat(container.getResources().getLimits()).containsOnlyKeys("cpu", "memory");
              assertThat(container.getResources().getRequests()).containsOnlyKeys("cpu", "memory");
              assertThat(pod(deployment).getTerminationGracePeriodSeconds())
                  .isGreaterThan(SECONDS_TO_STOP);
            });
  }

  @Test
  void probesAskThePortThatTheServiceListensOnAtAnAddressThatTheyReach() {
    assertThat(deployments)
        .allSatisfy(
            deployment -> {
              Container container = container(deployment);
              Map<String, String> variables = variables(deployment).variables();
              assertThat(container.getPorts()).hasSize(1);
              assertThat(container.getPorts().get(0).getContainerPort())
                  .hasToString(variables.get(Setting.HTTP_PORT.variable()));
              assertThat(
                      Stream.of(
                              container.getStartupProbe(),
                              container.getLivenessProbe(),
                              container.getReadinessProbe())
                          .map(probe -> probe.getHttpGet().getPort().getStrVal()))
                  .containsOnly(container.getPorts().get(0).getName());
              assertThat(variables.get(Setting.HTTP_HOST.variable())).isEqualTo("0.0.0.0");
            });
  }

  @Test
  void everyVariableIsOneThatItsServiceReadsAndItsValueIsAccepted(@TempDir Path directory)
      throws Exception {
    for (Deployment deployment : deployments) {
      variables(deployment).assertAccepted(directory);
    }
  }

  @Test
  void secretsAreFilesThatAVolumeHoldsAndNeverValues() throws Exception {
    for (Deployment deployment : deployments) {
      ServiceVariables variables = variables(deployment);
      assertThat(variables.plainSecrets()).as("secrets of %s", variables.service()).isEmpty();
      assertThat(mountedFiles(deployment))
          .as("files of %s", variables.service())
          .containsExactlyInAnyOrderElementsOf(variables.secretFiles());
    }
  }

  @Test
  void theOverlaySaysHowEverySecretIsMade() throws Exception {
    String head = Repository.text(OVERLAY + "/kustomization.yaml");
    for (Deployment deployment : deployments) {
      secrets(deployment)
          .forEach(
              (secret, items) ->
                  items.forEach(
                      item ->
                          assertThat(head)
                              .contains(
                                  "create secret generic %s --from-file=%s\n"
                                      .formatted(secret, item.getKey()))));
    }
  }

  @Test
  void onlyTmpCanBeWrittenTo() {
    assertThat(deployments)
        .allSatisfy(
            deployment ->
                assertThat(
                        container(deployment).getVolumeMounts().stream()
                            .filter(mount -> !Boolean.TRUE.equals(mount.getReadOnly()))
                            .map(VolumeMount::getMountPath))
                    .containsExactly("/tmp"));
  }

  @Test
  void nothingGetsInOrOutOfAPodButWhatAPolicySays() {
    List<NetworkPolicy> all =
        rendered.all(NetworkPolicy.class).stream()
            .filter(policy -> policy.getSpec().getPolicyTypes().contains("Ingress"))
            .toList();
    assertThat(all).hasSize(1);
    assertThat(all.get(0).getSpec().getPolicyTypes()).contains("Egress");
    assertThat(all.get(0).getSpec().getPodSelector().getMatchExpressions()).isEmpty();
    Map<String, String> selector = all.get(0).getSpec().getPodSelector().getMatchLabels();
    assertThat(deployments)
        .allSatisfy(deployment -> assertThat(podLabels(deployment)).containsAllEntriesOf(selector));
  }

  @Test
  void onlyTheAgentRunnerReachesTheWorldAndOnlyWhoReadsTheDatabaseReachesIt() {
    assertThat(podsThatReach(NetworkPolicyPeer::getIpBlock)).containsExactly("agent-runner");
    Set<String> readers =
        deployments.stream()
            .filter(deployment -> variables(deployment).readsTheDatabase())
            .map(deployment -> deployment.getMetadata().getName())
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(
            podsThatReach(
                peer ->
                    peer.getNamespaceSelector() == null
                        ? null
                        : peer.getNamespaceSelector().getMatchLabels().entrySet().stream()
                            .filter(label -> label.getValue().equals("postgresql"))
                            .findFirst()
                            .orElse(null)))
        .isEqualTo(readers);
  }

  /** The services whose pods a policy lets out to a peer of that kind. */
  private static Set<String> podsThatReach(
      java.util.function.Function<NetworkPolicyPeer, Object> peer) {
    return rendered.all(NetworkPolicy.class).stream()
        .filter(
            policy ->
                policy.getSpec().getEgress().stream()
                    .flatMap(rule -> rule.getTo().stream())
                    .anyMatch(to -> peer.apply(to) != null))
        .flatMap(
            policy ->
                deployments.stream()
                    .filter(deployment -> selects(policy, podLabels(deployment)))
                    .map(deployment -> deployment.getMetadata().getName()))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static boolean selects(NetworkPolicy policy, Map<String, String> labels) {
    var selector = policy.getSpec().getPodSelector();
    return labels.entrySet().containsAll(selector.getMatchLabels().entrySet())
        && selector.getMatchExpressions().stream()
            .allMatch(
                expression ->
                    expression.getOperator().equals("In")
                        && expression.getValues().contains(labels.get(expression.getKey())));
  }

  private static ServiceVariables variables(Deployment deployment) {
    Map<String, String> variables = new LinkedHashMap<>();
    for (EnvFromSource source : container(deployment).getEnvFrom()) {
      String name = source.getConfigMapRef().getName();
      assertThat(rendered.configMapsByName()).containsKey(name);
      variables.putAll(rendered.configMapsByName().get(name));
    }
    for (EnvVar variable : container(deployment).getEnv()) {
      assertThat(variable.getValue()).as(variable.getName()).isNotBlank();
      variables.put(variable.getName(), variable.getValue());
    }
    return ServiceVariables.of(deployment.getMetadata().getName(), variables);
  }

  private static List<Path> mountedFiles(Deployment deployment) {
    List<VolumeMount> mounts = container(deployment).getVolumeMounts();
    assertThat(mounts.stream().map(VolumeMount::getName))
        .containsExactlyInAnyOrderElementsOf(
            pod(deployment).getVolumes().stream().map(Volume::getName).toList());
    return mounts.stream()
        .flatMap(
            mount ->
                items(volume(deployment, mount.getName())).values().stream()
                    .flatMap(List::stream)
                    .map(item -> Path.of(mount.getMountPath(), item.getPath())))
        .toList();
  }

  private static Map<String, List<KeyToPath>> secrets(Deployment deployment) {
    Map<String, List<KeyToPath>> secrets = new LinkedHashMap<>();
    pod(deployment).getVolumes().forEach(volume -> secrets.putAll(items(volume)));
    return secrets;
  }

  /** What a volume holds, by the secret that it is from. */
  private static Map<String, List<KeyToPath>> items(Volume volume) {
    Map<String, List<KeyToPath>> items = new LinkedHashMap<>();
    if (volume.getSecret() != null) {
      items.put(volume.getSecret().getSecretName(), volume.getSecret().getItems());
    }
    if (volume.getProjected() != null) {
      volume
          .getProjected()
          .getSources()
          .forEach(
              source -> items.put(source.getSecret().getName(), source.getSecret().getItems()));
    }
    return items;
  }

  private static Volume volume(Deployment deployment, String name) {
    return pod(deployment).getVolumes().stream()
        .filter(volume -> volume.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static String path(Probe probe) {
    return probe.getHttpGet().getPath();
  }

  private static PodSpec pod(Deployment deployment) {
    return deployment.getSpec().getTemplate().getSpec();
  }

  private static Container container(Deployment deployment) {
    assertThat(pod(deployment).getContainers()).hasSize(1);
    return pod(deployment).getContainers().get(0);
  }

  private static Map<String, String> podLabels(Deployment deployment) {
    return deployment.getSpec().getTemplate().getMetadata().getLabels();
  }
}
