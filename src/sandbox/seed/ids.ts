/** Ids of the demo data. The OpenAPI document's examples use the same, so that they work here. */

export const demoAccountId = 'user_01KQM8YMG0VJPNVC5SS7Q2Q6V5'

export const uploads = {
  lofiLoop: 'obj_01KS2M3JG03QMDQZBQZ7YTKJAD',
  lofiMix: 'obj_01KS2M3JG0A54J8XG524YGCHYN',
  rainWindow: 'obj_01KS56G9G0SCQJEESYTN1XXXAJ',
  cover: 'obj_01KS7RX0G0S4G4QSK0SKGNMJ35',
  newVisual: 'obj_01KSAB9QG0CVVS1DHH9GG8D632',
  cityLights: 'obj_01KSCXPEG0AX451HG2TYYQ58JY',
} as const

export const destinations = {
  lofiChannel: 'dest_01KR8W4CG0DX2Q0DX05QKNV2Y7',
  twitchMain: 'dest_01KRBEH3G0CHG7926FJEDA10XF',
  oldKick: 'dest_01KRE0XTG0GHGM41AM0A45VWNQ',
  secondChannel: 'dest_01KRGKAHG02C5XZ6N2NDN090NS',
} as const

export const streams = {
  lofiRadio: 'stream_01KT1GW6G06V480CZ1NYN4M6X1',
  eveningRain: 'stream_01KT438XG0Y89B6C0A3M82VYGD',
  studyBeats: 'stream_01KT6NNMG0Q0HM6MPA74KBF8ZN',
  nightDrive: 'stream_01KT982BG0A9E5RS51PA0JC8EX',
  launchCountdown: 'stream_01KTBTF2G0XB3GG16PGQPDWHQT',
  oldIntroLoop: 'stream_01KTECVSG0YQF064XFJHR31AAD',
  jazzCafe: 'stream_01KTGZ8GG0TBSVSQJDX84GQKQT',
  untitled: 'stream_01KTKHN7G0FXFJA8TA5XH58X7G',
} as const

/** Video before audio. */
export const playlists: Readonly<Record<keyof typeof streams, readonly [string, string]>> = {
  lofiRadio: ['pl_01KT1GW6G046YC3FW780H6Y794', 'pl_01KT1GW6G032667HVBGWT7MQT8'],
  eveningRain: ['pl_01KT438XG0GED9TVCQFSF5H3W6', 'pl_01KT438XG0J8X6FMHRG83T2DFR'],
  studyBeats: ['pl_01KT6NNMG0SMRQ7D92BDY83FKR', 'pl_01KT6NNMG0Z0A2SNDX87FPHKY8'],
  nightDrive: ['pl_01KT982BG084GNFXYFV2TA66YN', 'pl_01KT982BG02R8Q4TDPZ61A6R8F'],
  launchCountdown: ['pl_01KTBTF2G0Q1QKWRGB31PEJYQN', 'pl_01KTBTF2G0Y001ZS04QD5FMPJ2'],
  oldIntroLoop: ['pl_01KTECVSG0P4PAC712E901K96X', 'pl_01KTECVSG0KDV5ZK3KMTYZ4FW0'],
  jazzCafe: ['pl_01KTGZ8GG0GKE7W9E0S8RTYQW6', 'pl_01KTGZ8GG0YR4H6S5JM40HNXZE'],
  untitled: ['pl_01KTKHN7G0MJ0WKDWQXDC8J9CA', 'pl_01KTKHN7G0V3DD7QC7TZT2GMA3'],
}

export const items = {
  lofiFirst: 'plitm_01KTRPENG0FT2M49JCBGWZEJS6',
  lofiSecond: 'plitm_01KTRPENG0B99B35AXBMCSH8QF',
  lofiThird: 'plitm_01KTRPENG0HNCGT8GCEK7J8KQY',
  study: 'plitm_01KTRPENG0TVRNJKFCP3M2Y546',
  lofiAudio: 'plitm_01KTRPENG07AAJXVXHEX4A17MS',
  rainVideo: 'plitm_01KTRPENG0AXA43AXG0EWP7GGX',
  rainAudio: 'plitm_01KTRPENG0921N9QT6XBQYKPW9',
  night: 'plitm_01KTRPENG0SPBSK7R2P7BCPXYF',
  launch: 'plitm_01KTRPENG01N9HK07E64HZVKFP',
  intro: 'plitm_01KTRPENG07XJPF3S6TRQZYCKY',
  jazz: 'plitm_01KTRPENG010NM9T3ERGFZFVE2',
} as const

export const invoices = [
  'inv_01KQW04SG0R73M4REN8MC3Z5WT',
  'inv_01KTBTF2G0TK4BG77HKXDEHXMT',
  'inv_01KWS2CMG0NACNAK9CFRYJ4N3Z',
] as const
