package io.patrolagent.systemtests.sabotage;

import static net.bytebuddy.matcher.ElementMatchers.named;

import java.lang.instrument.Instrumentation;
import java.util.List;
import java.util.UUID;
import net.bytebuddy.agent.builder.AgentBuilder;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.asm.AsmVisitorWrapper;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.implementation.Implementation;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.pool.TypePool;
import net.bytebuddy.utility.OpenedClassReader;

/**
 * Takes a safeguard out of the JVM that it is an agent of. It says so in the log, and ends a JVM
 * whose classes it does not find as it knows them, so that no sabotage fails to happen unseen.
 */
public final class SabotageAgent {

  private static final String STAGE = "io.patrolagent.common.stage.";

  private SabotageAgent() {}

  public static void premain(String sabotage, Instrumentation instrumentation) {
    switch (Sabotage.valueOf(sabotage)) {
      case INSERT_ON_CONFLICT ->
          rewrite(
              instrumentation,
              "io.patrolagent.reportsink.ReportStore",
              new AsmVisitorWrapper.ForDeclaredMethods()
                  .method(named("insert"), new WithoutOnConflict()));
      case FENCING ->
          advise(
              instrumentation,
              STAGE + "PartitionProducer",
              "fencing",
              AnotherTransactionalId.class);
      case TRANSACTION ->
          advise(instrumentation, STAGE + "PartitionProducer", "commit", RecordsFirst.class);
      case JOURNAL -> advise(instrumentation, STAGE + "JobJournal", "read", NothingJournaled.class);
      case REBALANCE_LISTENER ->
          advise(
              instrumentation, STAGE + "PollLoop$Rebalance", "onPartitionsRevoked", Skipped.class);
      case PAUSE -> advise(instrumentation, STAGE + "OwnedPartition", "working", ReadyAtOnce.class);
    }
  }

  private static void advise(
      Instrumentation instrumentation, String type, String method, Class<?> advice) {
    rewrite(instrumentation, type, Advice.to(advice).on(named(method)));
  }

  private static void rewrite(
      Instrumentation instrumentation, String type, AsmVisitorWrapper visitor) {
    new AgentBuilder.Default()
        .disableClassFormatChanges()
        .with(
            new AgentBuilder.Listener.Adapter() {
              @Override
              public void onTransformation(
                  TypeDescription changed,
                  ClassLoader loader,
                  net.bytebuddy.utility.JavaModule module,
                  boolean loaded,
                  net.bytebuddy.dynamic.DynamicType dynamicType) {
                System.out.println("sabotaged " + changed.getName());
              }

              @Override
              public void onError(
                  String failed,
                  ClassLoader loader,
                  net.bytebuddy.utility.JavaModule module,
                  boolean loaded,
                  Throwable cause) {
                System.out.println("cannot sabotage " + failed + ": " + cause);
                Runtime.getRuntime().halt(3);
              }
            })
        .type(named(type))
        .transform((builder, t, loader, module, domain) -> builder.visit(visitor))
        .installOn(instrumentation);
  }

  static final class AnotherTransactionalId {
    @Advice.OnMethodEnter
    static void enter(@Advice.Argument(value = 2, readOnly = false) String transactionalId) {
      transactionalId = transactionalId + "-" + UUID.randomUUID();
    }
  }

  static final class RecordsFirst {
    @Advice.OnMethodEnter
    static void enter(
        @Advice.This Object producer, @Advice.Argument(value = 0, readOnly = false) List<?> records)
        throws Exception {
      if (!records.isEmpty()) {
        producer.getClass().getDeclaredMethod("append", List.class).invoke(producer, records);
      }
      records = List.of();
    }
  }

  static final class NothingJournaled {
    @Advice.OnMethodExit
    static void exit(@Advice.Return(readOnly = false) List<?> entries) {
      entries = List.of();
    }
  }

  static final class Skipped {
    @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
    static boolean enter() {
      return true;
    }
  }

  static final class ReadyAtOnce {
    @Advice.OnMethodExit
    static void exit(@Advice.This Object partition) throws Exception {
      partition.getClass().getDeclaredMethod("ready").invoke(partition);
    }
  }

  private static final class WithoutOnConflict
      implements AsmVisitorWrapper.ForDeclaredMethods.MethodVisitorWrapper {

    private static final String CLAUSE = "on conflict (report_id) do nothing";

    @Override
    public MethodVisitor wrap(
        TypeDescription type,
        MethodDescription method,
        MethodVisitor visitor,
        Implementation.Context context,
        TypePool pool,
        int writerFlags,
        int readerFlags) {
      return new MethodVisitor(OpenedClassReader.ASM_API, visitor) {
        @Override
        public void visitLdcInsn(Object value) {
          super.visitLdcInsn(value instanceof String text ? text.replace(CLAUSE, "") : value);
        }
      };
    }
  }
}
