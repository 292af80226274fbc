import type { DynamicModule } from '@nestjs/common';
import { ConfigModule, ConfigService } from '@nestjs/config';
import { type Config, readConfig } from './config.js';
import { parseEnvFile } from './env-file.js';

/** What Nest's ConfigService gives: `get('settings', { infer: true })` is the {@link Config}. */
export type Settings = ConfigService<{ readonly settings: Config }, true>;
export const Settings = ConfigService;

export interface Configured {
  readonly config: Config;
  /** Gives {@link Settings} to every module. */
  readonly module: DynamicModule;
}

/**
 * Reads the settings as Nest's configuration module does, validated by the function that the command line reads them
 * with.
 * @param environment goes before the file
 * @param envFile a file of settings, which need not be there; none is read unless one is named
 * @throws ConfigError naming every wrong setting at once
 */
export async function configure(
  environment: Readonly<Record<string, string | undefined>>,
  envFile?: string,
): Promise<Configured> {
  let config: Config | undefined;
  const module = await ConfigModule.forRoot({
    isGlobal: true,
    ...(envFile === undefined ? { ignoreEnvFile: true } : { envFilePath: envFile }),
    parser: parseEnvFile,
    // The environment is the one that was given, and nothing of the settings is written into that of the process, which
    // others inherit.
    validatePredefined: false,
    skipProcessEnv: true,
    validate: (fromFile) => {
      config = readConfig({ ...(fromFile as Record<string, string>), ...environment });
      return { settings: config };
    },
  });
  if (!config) throw new Error('the settings were not read');
  return { config, module };
}
